package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.rbac.request.UpdatePasswordReq;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.PemFiles;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** What a setting does on the way to a real Milvus in mutual mode that wants users. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConnectionSettingsTest {
  private static final char[] PASSWORD = "of the store".toCharArray();

  private static RealMilvus real;
  private static MilvusServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    real = new RealMilvus(folder);
    server = real.startForUsers();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static ConnectionSettings.Builder settings(TlsSettings tls) {
    return ConnectionSettings.builder("localhost", server.port(), tls)
        .connectTimeout(Duration.ofMinutes(1))
        .credentials(Credentials.password("root", "Milvus"));
  }

  private static TlsSettings mutual() {
    return real.tls(TlsMode.MUTUAL).build();
  }

  private static List<String> collections(MilvusClientV2 client) {
    return client.listCollections().getCollectionNames();
  }

  @Test
  void a_token_is_a_user_too() {
    try (SecureMilvus milvus =
        SecureMilvus.connect(
            settings(mutual()).credentials(Credentials.token("root:Milvus")).build())) {
      assertThat(collections(milvus.client())).isEmpty();
    }
  }

  @Test
  void a_changed_password_is_taken_up_on_the_same_connection() {
    try (SecureMilvus milvus = SecureMilvus.connect(settings(mutual()).build())) {
      change(milvus.client(), "Milvus", "Another-1");
      assertThat(collections(milvus.client())).isEmpty();
      assertThat(milvus.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
      change(milvus.client(), "Another-1", "Milvus");
      assertThat(collections(milvus.client())).isEmpty();
    }
  }

  private static void change(MilvusClientV2 client, String from, String to) {
    client.updatePassword(
        UpdatePasswordReq.builder()
            .userName("root")
            .password(from)
            .newPassword(to)
            .resetConnection(true)
            .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  void material_may_come_from_stores(String type, @TempDir Path folder) throws Exception {
    ClientFiles client = real.certificates().clientFiles("search");
    KeyStore keys = KeyStore.getInstance(type);
    keys.load(null, null);
    keys.setKeyEntry(
        "search",
        PemFiles.privateKey(client.key()),
        PASSWORD,
        PemFiles.certificates(client.certificate()).toArray(X509Certificate[]::new));
    KeyStore anchors = KeyStore.getInstance(type);
    anchors.load(null, null);
    anchors.setCertificateEntry(
        "ca", PemFiles.certificates(real.certificates().trustAnchors()).get(0));
    TlsSettings tls =
        TlsSettings.builder(TlsMode.MUTUAL)
            .provider(TlsProvider.BORINGSSL)
            .trust(TrustSource.keyStore(write(anchors, folder.resolve("ca")), PASSWORD))
            .identity(Identity.keyStore(write(keys, folder.resolve("client")), PASSWORD))
            .build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings(tls).build())) {
      assertThat(collections(milvus.client())).isEmpty();
    }
  }

  private static Path write(KeyStore store, Path file) throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  @Test
  void a_suite_and_a_group_are_what_is_negotiated() {
    TlsSettings tls =
        real.tls(TlsMode.MUTUAL)
            .provider(TlsProvider.JDK)
            .protocols(TlsProtocol.TLS_1_3)
            .cipherSuites("TLS_AES_256_GCM_SHA384")
            .namedGroups(NamedGroup.SECP384R1)
            .build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings(tls).build())) {
      assertThat(milvus.negotiated().orElseThrow().cipherSuite())
          .isEqualTo("TLS_AES_256_GCM_SHA384");
      assertThat(milvus.negotiated().orElseThrow().namedGroup()).contains("secp384r1");
    }
  }

  @Test
  void a_message_that_is_too_long_is_refused() {
    assertThatThrownBy(() -> SecureMilvus.connect(settings(mutual()).maxMessageSize(4).build()))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("exceeds maximum size 4");
  }

  /** A server that answers the first call and never the next. */
  @Test
  void a_call_ends_at_its_deadline() throws Exception {
    Server slow =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                new MilvusServiceGrpc.MilvusServiceImplBase() {
                  @Override
                  public void connect(ConnectRequest request, StreamObserver<ConnectResponse> to) {
                    to.onNext(ConnectResponse.getDefaultInstance());
                    to.onCompleted();
                  }

                  @Override
                  public void showCollections(
                      ShowCollectionsRequest request, StreamObserver<ShowCollectionsResponse> to) {
                    // Never answered: the client's deadline ends the call.
                  }
                })
            .build()
            .start();
    ConnectionSettings settings =
        ConnectionSettings.builder("127.0.0.1", slow.getPort(), TlsSettings.plaintext())
            .rpcDeadline(Duration.ofMillis(300))
            .build();
    try (SecureMilvus milvus = SecureMilvus.connect(settings)) {
      assertThatThrownBy(() -> collections(milvus.client()))
          .hasStackTraceContaining("DEADLINE_EXCEEDED");
    } finally {
      slow.shutdownNow();
    }
  }
}
