package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.tls.TlsMode;

/** Boots the real server: three to four seconds each. */
class EmbeddedMilvusTest {
  private static Path folder;
  private static ServerFiles server;
  private static ServerFiles other;

  @BeforeAll
  static void a_server_is_to_be_had(@TempDir Path shared) throws Exception {
    folder = shared;
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    server = TestCertificates.make(folder, "server");
    other = TestCertificates.make(folder, "other");
  }

  private static ServerRequest.Builder request(TlsMode mode) {
    return ServerRequest.builder(mode)
        .kind(ServerKind.EMBEDDED)
        .certificate(server.certificate(), server.key())
        .clientCa(server.clientCa());
  }

  @Test
  void three_modes_run_side_by_side() {
    try (MilvusServer off = MilvusServers.start(request(TlsMode.OFF).build());
        MilvusServer oneWay = MilvusServers.start(request(TlsMode.SERVER).build());
        MilvusServer mutual = MilvusServers.start(request(TlsMode.MUTUAL).build())) {
      assertThat(off.isAlive()).isTrue();
      assertThat(TlsProbe.handshake(oneWay.port())).isEqualTo("refused: certificate");
      assertThat(TlsProbe.handshake(oneWay.restPort().orElseThrow()))
          .isEqualTo("refused: certificate");
      assertThat(TlsProbe.handshake(mutual.port())).isEqualTo("refused: certificate");
      assertThat(TlsProbe.handshake(off.port())).isEqualTo("not TLS");
      assertThat(off.cpuTime().orElseThrow()).isPositive();
    }
  }

  @Nested
  class A_server_that_cannot_start {
    @Test
    void names_the_missing_key_file() {
      Path missing = folder.resolve("missing.key");
      assertThatThrownBy(
              () ->
                  MilvusServers.start(
                      request(TlsMode.SERVER).certificate(server.certificate(), missing).build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("panic: open " + missing + ": no such file or directory");
    }

    @Test
    void says_that_the_key_is_of_another_certificate() {
      assertThatThrownBy(
              () ->
                  MilvusServers.start(
                      request(TlsMode.SERVER)
                          .certificate(server.certificate(), other.key())
                          .build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("private key does not match public key");
    }

    @Test
    void names_the_missing_client_ca() {
      assertThatThrownBy(
              () ->
                  MilvusServers.start(
                      request(TlsMode.MUTUAL).clientCa(folder.resolve("no-ca.pem")).build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("failed read ca pem");
    }

    @Test
    void names_the_taken_port() throws Exception {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(
                () -> MilvusServers.start(request(TlsMode.OFF).port(socket.getLocalPort()).build()))
            .isInstanceOf(MilvusTlsException.class)
            .hasMessage(
                "the port is taken by another program: '%d'\n  next: name another port, or stop what listens there"
                    .formatted(socket.getLocalPort()));
      }
    }

    @Test
    void says_when_it_is_not_ready_in_time() {
      assertThatThrownBy(
              () ->
                  MilvusServers.start(
                      request(TlsMode.OFF).startLimit(Duration.ofMillis(300)).build()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("was not ready within");
    }
  }

  @Test
  void a_data_folder_survives_a_restart_and_is_one_servers_alone(@TempDir Path data)
      throws Exception {
    ServerRequest request = request(TlsMode.OFF).dataFolder(data).build();
    try (MilvusServer first = MilvusServers.start(request)) {
      long pid = first.pid().orElseThrow();
      assertThatThrownBy(() -> MilvusServers.start(request))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining(
              "a Milvus server runs on this data folder already; its pid is " + pid);
      first.restart();
      assertThat(first.pid().orElseThrow()).isNotEqualTo(pid);
      assertThat(first.isAlive()).isTrue();
      assertThat(ProcessHandle.of(pid)).isEmpty();
      assertThat(first.logTail(3)).hasSize(3);
      assertThat(log(data)).noneMatch(EmbeddedMilvusTest::waitsForADeadServer);
    }
    assertThat(Files.exists(data.resolve("data"))).isTrue();
    try (MilvusServer next = MilvusServers.start(request)) {
      assertThat(next.isAlive()).isTrue();
      assertThat(log(data)).noneMatch(EmbeddedMilvusTest::waitsForADeadServer);
    }
  }

  private static List<String> log(Path data) {
    return ServerLog.read(data.resolve("logs/milvus.log"));
  }

  /** What a server says when the sessions of a killed one stand in its etcd. */
  private static boolean waitsForADeadServer(String line) {
    return line.contains("CompareAndSwap error");
  }
}
