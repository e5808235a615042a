package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.FakePeer;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * Makes each failure that {@code connect} tells apart, against a real Milvus or a real peer set up
 * so, and holds the table in docs/failures.md against what it said.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FailureTableTest {
  private static final Path PAGE = Path.of("..", "docs", "failures.md");
  private static final String HEAD =
      """
      # What `connect` says when it fails

      Made by `FailureTableTest`, which sets each failure up against a real Milvus 2.3.5 (with users, in mutual mode, unless the row says
      otherwise) or a real peer, and fails when this page says anything else. Ports, dates and file names are replaced by words.

      | what is wrong | step | message | next |
      |---|---|---|---|
      """;

  private static TestPki pki;
  private static RealMilvus real;
  private static MilvusServer off;
  private static MilvusServer mutual;

  private final Map<String, ConnectionDiagnosis> rows = new LinkedHashMap<>();

  @BeforeAll
  static void start(@TempDir Path folder) {
    pki = TestPki.named("Test");
    real = new RealMilvus(folder);
    off = real.start(TlsMode.OFF);
    mutual = real.startForUsers();
  }

  @AfterAll
  static void stop() {
    for (MilvusServer each : new MilvusServer[] {off, mutual}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private static TlsSettings.Builder trusting() {
    return TlsSettings.builder(TlsMode.SERVER).provider(TlsProvider.JDK).trust(pki.trust());
  }

  private static TlsSettings.Builder with(TlsMode mode) {
    return real.tls(mode).provider(TlsProvider.JDK);
  }

  private void row(String what, String host, int port, TlsSettings tls) {
    row(what, ConnectionSettings.builder(host, port, tls));
  }

  private void row(String what, ConnectionSettings.Builder settings) {
    rows.put(what, ConnectionDiagnosis.of(settings.connectTimeout(Duration.ofSeconds(3)).build()));
  }

  private void row(String what, FakePeer peer, TlsSettings tls) {
    try (peer) {
      row(what, "localhost", peer.port(), tls);
    }
  }

  private void row(String what, Identity server) {
    row(what, FakePeer.tls(server), trusting().build());
  }

  @Test
  void the_page_says_what_connect_says() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")),
        "openssl is not installed: no peer of one group");
    settings();
    network();
    certificatesOfTheServer();
    certificatesOfTheClient();
    nothingInCommon();
    wrongListeners();
    users();
    assertThat(rows.values()).noneMatch(ConnectionDiagnosis::isConnected);
    String page =
        HEAD + rows.entrySet().stream().map(FailureTableTest::line).reduce("", String::concat);
    Path written = Files.writeString(Path.of("target", "failures.md"), page);
    assertThat(PAGE).as("copy support/%s to docs/failures.md", written).content().isEqualTo(page);
  }

  private void settings() {
    row(
        "a file of the settings is missing",
        "localhost",
        mutual.port(),
        TlsSettings.builder(TlsMode.SERVER).trustAnchors(Path.of("/nowhere/ca.pem")).build());
    Identity one = TestPki.named("One").client("one");
    Identity two = TestPki.named("Two").client("two");
    row(
        "the client's key belongs to another certificate",
        "localhost",
        mutual.port(),
        TlsSettings.builder(TlsMode.MUTUAL)
            .trust(pki.trust())
            .identity(Identity.of(one.load().chain(), two.load().key()))
            .build());
  }

  private void network() {
    row("no such host", "no-such-host.invalid", 19530, trusting().build());
    FakePeer gone = FakePeer.silent();
    gone.close();
    row("nothing listens", "localhost", gone.port(), trusting().build());
    row("the listener says nothing", FakePeer.silent(), trusting().build());
    row("the connection is closed", FakePeer.closing(), trusting().build());
    row("the connection is reset", FakePeer.resetting(), trusting().build());
  }

  private void certificatesOfTheServer() {
    row("the server's CA is not trusted", TestPki.named("Stranger").server("localhost"));
    row("a CA of the same name, with another key", TestPki.named("Test").server("localhost"));
    row("the server does not send its intermediate", TestPki.leafOnly(pki.server("localhost")));
    row("the server's certificate is self-signed", TestPki.selfSigned("localhost"));
    row("it is for another name", pki.server("milvus.test", "10.0.0.7"));
    row(
        "it has expired",
        pki.serverValidFrom(
            Instant.now().minus(Duration.ofDays(100)), Duration.ofDays(90), "localhost"));
    row(
        "it is not yet valid",
        pki.serverValidFrom(
            Instant.now().plus(Duration.ofHours(5)), Duration.ofDays(90), "localhost"));
    row(
        "it is for clients only",
        TestPki.identity(pki.intermediate().issue(LeafRequest.client("localhost"))));
  }

  private void certificatesOfTheClient() {
    row(
        "no client certificate, and one is required",
        "localhost",
        mutual.port(),
        with(TlsMode.SERVER).build());
    row(
        "the client certificate is of another CA",
        "localhost",
        mutual.port(),
        TlsSettings.builder(TlsMode.MUTUAL)
            .trustAnchors(real.certificates().trustAnchors())
            .identity(TestPki.named("Other").client("stranger"))
            .build());
    row(
        "the client certificate has expired",
        "localhost",
        mutual.port(),
        real.withClient(
            LeafRequest.client("late")
                .withNotBefore(Instant.now().minus(Duration.ofDays(20)))
                .withLifetime(Duration.ofDays(10))));
    row(
        "the client certificate is not yet valid",
        "localhost",
        mutual.port(),
        real.withClient(
            LeafRequest.client("early")
                .withNotBefore(Instant.now().plus(Duration.ofMinutes(270)))));
    row(
        "the client certificate is for servers only",
        "localhost",
        mutual.port(),
        real.withClient(LeafRequest.server("wrong", List.of(HostName.of("wrong.test")))));
    row(
        "the client's key is Ed25519, and BoringSSL does TLS",
        "localhost",
        mutual.port(),
        real.withClient(
            LeafRequest.client("edwards").withKeyType(KeyType.ED25519), TlsProvider.BORINGSSL));
  }

  private void nothingInCommon() throws Exception {
    row(
        "no protocol version in common",
        "localhost",
        mutual.port(),
        with(TlsMode.MUTUAL).protocols(TlsProtocol.TLS_1_2).build());
    row(
        "no cipher suite in common",
        FakePeer.tls(
            pki.server("localhost"),
            parameters -> {
              parameters.setCipherSuites(
                  new String[] {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"});
              return parameters;
            }),
        trusting()
            .protocols(TlsProtocol.TLS_1_2)
            .cipherSuites("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
            .build());
    int port = freePort();
    Process openssl = groupP384Only(port);
    try {
      row(
          "no group in common",
          "localhost",
          port,
          with(TlsMode.SERVER).namedGroups(NamedGroup.X25519).build());
    } finally {
      openssl.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
    row(
        "the server does not offer HTTP/2 (ALPN)",
        FakePeer.tls(
            pki.server("localhost"),
            parameters -> {
              parameters.setApplicationProtocols(new String[] {"http/1.1"});
              return parameters;
            }),
        trusting().build());
  }

  private void wrongListeners() throws IOException {
    row(
        "the server speaks plaintext (tlsMode 0)",
        "localhost",
        off.port(),
        with(TlsMode.SERVER).build());
    row(
        "the server speaks TLS, the client plaintext",
        "localhost",
        mutual.port(),
        TlsSettings.plaintext());
    row(
        "the metrics and health port",
        "localhost",
        off.metricsPort().orElseThrow(),
        with(TlsMode.SERVER).build());
    row(
        "the REST port of a plaintext Milvus",
        "localhost",
        off.restPort().orElseThrow(),
        with(TlsMode.SERVER).build());
    row(
        "the REST port of this Milvus",
        "localhost",
        mutual.restPort().orElseThrow(),
        with(TlsMode.MUTUAL).build());
    row(
        "a proxy of HTTP/1 in between",
        FakePeer.saying("HTTP/1.1 502 Bad Gateway\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        trusting().build());
    plaintextRow("a gRPC server that is no Milvus", onLoopback().build().start());
    plaintextRow(
        "Milvus is not ready",
        failing(Status.UNAVAILABLE.withDescription("service not ready")).start());
    plaintextRow(
        "Milvus has just been started",
        failing(
                Status.UNKNOWN.withDescription(
                    "service unavailable: internal: Milvus Proxy is not ready yet. please wait"))
            .start());
  }

  private static NettyServerBuilder onLoopback() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Server failing(Status status) {
    return onLoopback()
        .addService(
            new MilvusServiceGrpc.MilvusServiceImplBase() {
              @Override
              public void connect(ConnectRequest request, StreamObserver<ConnectResponse> to) {
                to.onError(status.asRuntimeException());
              }
            })
        .build();
  }

  private void plaintextRow(String what, Server server) {
    try {
      row(what, "127.0.0.1", server.getPort(), TlsSettings.plaintext());
    } finally {
      server.shutdownNow();
    }
  }

  private void users() {
    Supplier<ConnectionSettings.Builder> settings =
        () -> ConnectionSettings.builder("localhost", mutual.port(), with(TlsMode.MUTUAL).build());
    row("no user, and users are required", settings.get());
    row("wrong password", settings.get().credentials(Credentials.password("root", "secret-guess")));
    row(
        "no such database",
        settings.get().credentials(Credentials.password("root", "Milvus")).database("nowhere"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process groupP384Only(int port) throws Exception {
    ServerFiles files = real.certificates().serverFiles("milvus");
    Process process =
        new ProcessBuilder(
                "openssl",
                "s_server",
                "-quiet",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                files.certificate().toString(),
                "-key",
                files.key().toString(),
                "-groups",
                "P-384",
                "-alpn",
                "h2")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (System.nanoTime() < end) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return process;
      } catch (IOException notYet) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new AssertionError("openssl s_server does not start");
  }

  private static String line(Map.Entry<String, ConnectionDiagnosis> row) {
    DiagnosedStep failed = row.getValue().failed().orElseThrow();
    return "| "
        + row.getKey()
        + " | "
        + failed.name()
        + " | "
        + stable(failed.detail())
        + " | "
        + stable(failed.remedy().orElse(""))
        + " |\n";
  }

  /** Without what differs from run to run. */
  private static String stable(String text) {
    return text.replaceAll("(localhost|127\\.0\\.0\\.1):\\d+", "$1:PORT")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll(" \\d{4}-\\d\\d-\\d\\d [0-9a-f]{8}", " DATE ID")
        .replaceAll("(CN=[A-Za-z ]+?) [0-9a-f]{8}", "$1 ID")
        .replaceAll("/[^ ',]*/junit[^ ',]*", "FILE")
        // Go closes after its alert: which of the two arrives first differs.
        .replace(
            " and closed the connection without a word",
            " and answered with the alert bad_certificate (42)")
        // They differ from JDK to JDK.
        .replaceAll("\\[TLS_[A-Z0-9_, ]+] with groups \\[[^]]+]", "[SUITES] with groups [GROUPS]")
        .replaceAll("\\s*\\n\\s*", " ")
        .replace("|", "\\|");
  }
}
