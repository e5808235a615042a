package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.tls.TlsMode;

/**
 * Boots a real container of the image that MILVUS_TLS_IMAGE names. With
 * MILVUS_TLS_CONTAINERS=required it fails where there is none; else it is skipped then.
 */
class ContainerMilvusTest {
  private static final String IMAGE = System.getenv().getOrDefault("MILVUS_TLS_IMAGE", "");
  private static ServerFiles server;
  private static Path folder;

  @BeforeAll
  static void an_image_is_to_be_had(@TempDir Path shared) throws Exception {
    boolean required = "required".equals(System.getenv("MILVUS_TLS_CONTAINERS"));
    assumeTrue(required || !IMAGE.isEmpty(), "containers: MILVUS_TLS_IMAGE does not name an image");
    ServerChoice choice = MilvusServers.choose(request(TlsMode.OFF).build());
    if (required) {
      assertThat(choice.kind()).as(choice.reason()).contains(ServerKind.CONTAINER);
    }
    assumeTrue(choice.isAvailable(), "containers: " + choice.reason());
    folder = shared;
    server = TestCertificates.make(folder, "server");
  }

  private static ServerRequest.Builder request(TlsMode mode) {
    return ServerRequest.builder(mode).kind(ServerKind.CONTAINER).image(IMAGE);
  }

  private static ServerRequest.Builder encrypted(TlsMode mode) {
    return request(mode)
        .certificate(server.certificate(), server.key())
        .clientCa(server.clientCa());
  }

  @Test
  void it_serves_tls_on_loopback_and_is_gone_after_closing() {
    MilvusServer milvus = MilvusServers.start(encrypted(TlsMode.MUTUAL).build());
    try (milvus) {
      assertThat(TlsProbe.handshake(milvus.port())).isEqualTo("refused: certificate");
      assertThat(TlsProbe.handshake(milvus.restPort().orElseThrow()))
          .isEqualTo("refused: certificate");
      assertThat(milvus.cpuTime().orElseThrow()).isPositive();
      int port = milvus.port();
      milvus.restart();
      assertThat(milvus.port()).isEqualTo(port);
      assertThat(TlsProbe.handshake(port)).isEqualTo("refused: certificate");
    }
    assertThat(milvus.isAlive()).isFalse();
    assertThat(Readiness.accepts("127.0.0.1", milvus.port())).isFalse();
  }

  @Test
  void its_data_stays_in_the_folder_that_was_named() {
    Path data = folder.resolve("data");
    MilvusServers.start(request(TlsMode.OFF).dataFolder(data).build()).close();
    assertThat(data.resolve("container").resolve("etcd")).isDirectory();
  }

  @Test
  void a_server_that_dies_is_explained() throws Exception {
    ServerFiles other = TestCertificates.make(folder, "other");
    ServerRequest request =
        encrypted(TlsMode.SERVER).certificate(server.certificate(), other.key()).build();
    assertThatThrownBy(() -> MilvusServers.start(request))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("the container of " + IMAGE + " ended with exit code")
        .hasMessageContaining("private key does not match public key");
  }
}
