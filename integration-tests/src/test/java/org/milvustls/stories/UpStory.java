package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.cli.MilvusTls;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/**
 * {@code up} in a process of its own: from nothing to a secure connection, and to nothing again.
 */
@EachServerKind
class UpStory {
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final ServerKind kind;

  UpStory(ServerKind kind) {
    Stage.of(kind);
    this.kind = kind;
  }

  @Test
  void makes_certificates_serves_mutual_tls_and_leaves_nothing_running(@TempDir Path folder)
      throws Exception {
    int port = freePort();
    Path ready = folder.resolve("ready.json");
    Path log = folder.resolve("up.log");
    Process up = up(folder, port, ready, log);
    try {
      await(up, ready, log);
      assertThat(Files.readString(ready)).contains("\"port\" : " + port);
      CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
      ConnectionDiagnosis connected =
          ConnectionDiagnosis.of(
              ConnectionSettings.builder("localhost", port, tls(certificates)).build());
      assertThat(connected.failed()).isEmpty();
      assertThat(connected.negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");

      up.destroy(); // SIGTERM
      assertThat(up.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      new ServerSocket(port).close();
      assertThat(ready).doesNotExist();
    } finally {
      up.destroy();
      if (!up.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        up.destroyForcibly();
      }
    }
  }

  private Process up(Path folder, int port, Path ready, Path log) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            MilvusTls.class.getName(),
            "up",
            "--tls",
            "mutual",
            "--server",
            kind.id(),
            "--image",
            Stage.image(),
            "--dir",
            folder.resolve("certs").toString(),
            "--port",
            Integer.toString(port),
            "--ready-file",
            ready.toString());
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static void await(Process up, Path ready, Path log) throws Exception {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(ready) && up.isAlive() && System.nanoTime() < end) {
      Thread.sleep(100);
    }
    assertThat(ready).as(() -> text(log)).exists();
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private static TlsSettings tls(CertificateDirectory certificates) {
    ClientFiles files = certificates.clientFiles("dev");
    return TlsSettings.builder(TlsMode.MUTUAL)
        .trustAnchors(certificates.trustAnchors())
        .clientCertificate(files.certificate(), files.key())
        .build();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
