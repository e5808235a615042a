package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is rendered for a proxy; that for nginx is booted in front of a real Milvus and scanned. */
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
  void envoy_has_them_too_and_says_that_it_was_not_booted() {
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
        .contains("Not booted by this project.")
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

  @ParameterizedTest
  @CsvSource({
    "MUTUAL, TLS_1_3, TLS_AES_256_GCM_SHA384, TLSv1.3",
    "SERVER, TLS_1_2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TLSv1.2"
  })
  void nginx_in_front_of_a_plaintext_milvus_accepts_nothing_else(
      TlsMode mode, TlsProtocol minimum, String suite, String negotiated, @TempDir Path folder)
      throws Exception {
    assumeTrue(nginx().isPresent(), "nginx is not installed (Debian: nginx-light)");
    RealMilvus real = new RealMilvus(folder);
    ServerFiles files = real.certificates().serverFiles("milvus");
    String pem = files.certificate().toAbsolutePath().toString();
    String key = files.key().toAbsolutePath().toString();
    try (MilvusServer milvus = real.start(TlsMode.OFF)) {
      int port = freePort();
      String server =
          new ProxyRender(
                  mode == TlsMode.MUTUAL
                      ? MilvusTlsConfig.mutual(
                          pem, key, files.clientCa().toAbsolutePath().toString())
                      : MilvusTlsConfig.server(pem, key),
                  port,
                  "127.0.0.1",
                  milvus.port(),
                  minimum,
                  List.of(suite))
              .in(ConfigFormat.NGINX)
              .replace("listen " + port, "listen 127.0.0.1:" + port);
      Process nginx = start(folder, server, port);
      try {
        ScanReport report =
            new TlsScanner(Clock.systemUTC())
                .scan(
                    ScanTarget.of("localhost", port)
                        .trusting(PemFiles.certificates(real.certificates().trustAnchors())));
        List<ProtocolScan> accepted =
            report.protocols().stream().filter(ProtocolScan::accepted).toList();
        assertThat(accepted).hasSize(1);
        assertThat(accepted.get(0).cipherSuites().toString()).contains(suite);
        assertThat(accepted.get(0).cipherSuites()).hasSize(1);
        assertThat(report.alpn()).contains("h2");

        ConnectionSettings settings =
            ConnectionSettings.builder("localhost", port, real.tls(mode).build()).build();
        try (SecureMilvus client = SecureMilvus.connect(settings)) {
          assertThat(client.client().listCollections().getCollectionNames()).isEmpty();
          assertThat(client.negotiated().orElseThrow().protocol()).isEqualTo(negotiated);
          assertThat(client.negotiated().orElseThrow().cipherSuite()).isEqualTo(suite);
        }
        if (mode == TlsMode.MUTUAL) {
          ConnectionDiagnosis none =
              ConnectionDiagnosis.of(
                  ConnectionSettings.builder("localhost", port, real.tls(TlsMode.SERVER).build())
                      .build());
          assertThat(none.isConnected()).isFalse();
        }
      } finally {
        nginx.destroy();
        assertThat(nginx.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static java.util.Optional<Path> nginx() {
    return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** One process in the foreground, with all that it writes below the folder. */
  private static Process start(Path folder, String server, int port) throws Exception {
    Path home = Files.createDirectory(folder.resolve("nginx"));
    Path main =
        Files.writeString(
            home.resolve("nginx.conf"),
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
    Path log = home.resolve("log");
    Process process =
        new ProcessBuilder(
                nginx().orElseThrow().toString(), "-p", home + "/", "-c", main.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!accepts(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("nginx does not start: " + Files.readString(log));
      }
      Thread.sleep(50);
    }
    return process;
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
