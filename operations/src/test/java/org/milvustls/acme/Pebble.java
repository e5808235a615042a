package org.milvustls.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;

/**
 * Pebble, the ACME server that Let's Encrypt has for tests, with an HTTPS certificate of ours and a
 * name server of ours: every name is this machine.
 */
public final class Pebble implements AutoCloseable {
  /** {@code required}: a machine without Pebble fails the tests instead of skipping them. */
  private static final String REQUIRED = "MILVUS_TLS_PEBBLE";

  /** Of the external account that it knows. */
  public static final String EXTERNAL_ID = "kid-1";

  private final Process process;
  private final DnsStub dns;
  private final int port;
  private final int managementPort;
  private final int httpPort;
  private final Path folder;

  private Pebble(Process process, DnsStub dns, List<Integer> ports, Path folder) {
    this.process = process;
    this.dns = dns;
    this.port = ports.get(0);
    this.managementPort = ports.get(1);
    this.httpPort = ports.get(2);
    this.folder = folder;
  }

  /** One that takes every account. */
  static Pebble start(Path folder) throws Exception {
    return start(folder, false);
  }

  /** One that takes accounts only that are bound to an external one. */
  public static Pebble startForExternalAccounts(Path folder) throws Exception {
    return start(folder, true);
  }

  /** The key of the external account, made anew for each use of the tests. */
  private static String newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }

  private static Pebble start(Path folder, boolean externalAccounts) throws Exception {
    Path binary = binary();
    CertificateDirectory https = CertificateDirectory.at(folder.resolve("https"));
    https.init(InitRequest.defaults());
    // First, or it could be given a port that is free only until Pebble takes it.
    DnsStub dns = new DnsStub(Files.createDirectory(folder.resolve("txt")));
    List<Integer> ports = freePorts(4);
    String key = newKey();
    Files.writeString(folder.resolve("external.key"), key + "\n");
    Path config =
        Files.writeString(
            folder.resolve("pebble.json"),
            """
            {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
              "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d,
              "ocspResponderURL": "", "externalAccountBindingRequired": %b,
              "externalAccountMACKeys": {"%s": "%s"},
              "retryAfter": {"authz": 1, "order": 1}, "keyAlgorithm": "ecdsa",
              "profiles": {"default": {"description": "d", "validityPeriod": 7776000},
                "shortlived": {"description": "s", "validityPeriod": 518400}}}}
            """
                .formatted(
                    ports.get(0),
                    ports.get(1),
                    https.serverFiles("milvus").certificate(),
                    https.serverFiles("milvus").key(),
                    ports.get(2),
                    ports.get(3),
                    externalAccounts,
                    EXTERNAL_ID,
                    key));
    ProcessBuilder builder =
        new ProcessBuilder(
                binary.toString(),
                "-config",
                config.toString(),
                "-dnsserver",
                "127.0.0.1:" + dns.port())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pebble.log").toFile());
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
    builder.environment().put("PEBBLE_AUTHZREUSE", "0");
    Pebble pebble = new Pebble(builder.start(), dns, ports, folder);
    pebble.await();
    return pebble;
  }

  private void await() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    close();
    fail("Pebble does not answer: " + log());
  }

  /** Whom to ask. */
  public AcmeDirectory directory() {
    return AcmeDirectory.of("https://localhost:" + port + "/dir");
  }

  /** Where Pebble asks for http-01. */
  public int httpPort() {
    return httpPort;
  }

  /** The anchors of its own HTTPS. */
  public Path trust() {
    return folder.resolve("https/ca.pem");
  }

  /** The TXT records, a file for each name. */
  public Path txtRecords() {
    return folder.resolve("txt");
  }

  /** The key of the external account. */
  public Path externalKey() {
    return folder.resolve("external.key");
  }

  /** All that it was asked and did so far. */
  String log() throws IOException {
    return Files.readString(folder.resolve("pebble.log"));
  }

  /** How many certificates it has signed so far. */
  public long issued() throws IOException {
    return log().lines().filter(line -> line.contains("Issued certificate serial")).count();
  }

  /** The anchor of the leaves that it issues; other than {@link #trust}. */
  Path root() throws Exception {
    String pem = ask("/roots/0", HttpRequest.BodyPublishers.noBody(), "GET");
    return Files.writeString(folder.resolve("root.pem"), pem);
  }

  /** From now on it advises to renew this leaf within a window of one hour. */
  void advise(X509Certificate leaf, Instant from) throws Exception {
    String advice =
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "suggestedWindow",
                    Map.of("start", from.toString(), "end", from.plusSeconds(3600).toString())));
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(leaf.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    String body =
        new ObjectMapper().writeValueAsString(Map.of("Certificate", pem, "ARIResponse", advice));
    ask("/set-renewal-info/", HttpRequest.BodyPublishers.ofString(body), "POST");
  }

  private String ask(String path, HttpRequest.BodyPublisher body, String method) throws Exception {
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .sslContext(AcmeSession.tls(trust()))
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + managementPort + path))
                    .timeout(Duration.ofMinutes(5))
                    .method(method, body)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  static int freePort() throws IOException {
    return freePorts(1).get(0);
  }

  /** Different ones, because all are held until the last is found. */
  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < count) {
        sockets.add(new ServerSocket(0));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
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
  public void close() throws IOException {
    process.destroyForcibly();
    dns.close();
  }
}
