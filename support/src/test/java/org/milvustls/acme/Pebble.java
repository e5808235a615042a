package org.milvustls.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;

/** Pebble, the ACME server that Let's Encrypt has for tests, with an HTTPS certificate of ours. */
final class Pebble implements AutoCloseable {
  /** {@code required}: a machine without Pebble fails the tests instead of skipping them. */
  private static final String REQUIRED = "MILVUS_TLS_PEBBLE";

  private final Process process;
  private final int port;
  private final int httpPort;
  private final Path trust;

  private Pebble(Process process, int port, int httpPort, Path trust) {
    this.process = process;
    this.port = port;
    this.httpPort = httpPort;
    this.trust = trust;
  }

  static Pebble start(Path folder) throws Exception {
    Path binary = binary();
    CertificateDirectory https = CertificateDirectory.at(folder.resolve("https"));
    https.init(InitRequest.defaults());
    int port = freePort();
    int httpPort = freePort();
    Path config =
        Files.writeString(
            folder.resolve("pebble.json"),
            """
            {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "",
              "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
              "ocspResponderURL": "", "externalAccountBindingRequired": false,
              "retryAfter": {"authz": 1, "order": 1}, "keyAlgorithm": "ecdsa",
              "profiles": {"default": {"description": "d", "validityPeriod": 7776000}}}}
            """
                .formatted(
                    port,
                    https.serverFiles("milvus").certificate(),
                    https.serverFiles("milvus").key(),
                    httpPort,
                    freePort()));
    ProcessBuilder builder =
        new ProcessBuilder(binary.toString(), "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pebble.log").toFile());
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
    builder.environment().put("PEBBLE_AUTHZREUSE", "0");
    Pebble pebble = new Pebble(builder.start(), port, httpPort, https.trustAnchors());
    pebble.await(folder.resolve("pebble.log"));
    return pebble;
  }

  private void await(Path log) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    close();
    fail("Pebble does not answer: " + Files.readString(log));
  }

  AcmeDirectory directory() {
    return AcmeDirectory.of("https://localhost:" + port + "/dir");
  }

  /** Where Pebble asks for http-01. */
  int httpPort() {
    return httpPort;
  }

  Path trust() {
    return trust;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Path binary() {
    Stream<Path> path =
        Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator)).map(Path::of);
    Path go = Path.of(System.getProperty("user.home"), "go", "bin");
    Optional<Path> found =
        Stream.concat(path, Stream.of(go))
            .map(folder -> folder.resolve("pebble"))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      String reason = "no ACME server for tests: 'pebble' is not installed";
      if ("required".equals(System.getenv(REQUIRED))) {
        fail(REQUIRED + "=required, but " + reason);
      }
      abort(reason);
    }
    return found.orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
