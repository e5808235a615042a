package org.milvustls.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.scan.ScanReport.ClientCertificate;
import org.milvustls.tls.TlsListener;

/** Scans listeners of the JDK on this machine whose settings are known. */
class TlsScannerTest {
  private static final String GCM_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  private static final String GCM_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
  private static final String CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CertificateAuthority ca =
      CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC())
          .intermediate(AuthorityRequest.intermediate("I"));
  private final IssuedCertificate server = ca.issueServer("milvus", "localhost");

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private ScanReport scan(ServerSocket listener) {
    return new TlsScanner(Clock.systemUTC())
        .scan(
            ScanTarget.of("localhost", listener.getLocalPort())
                .trusting(List.of(ca.chain().get(ca.chain().size() - 1))));
  }

  @Nested
  class Of_a_listener_of_tls_1_2_alone {
    @Test
    void finds_its_suites_their_order_and_what_is_wrong_with_them() throws Exception {
      try (SSLServerSocket listener = listener(false)) {
        listener.setEnabledProtocols(new String[] {"TLSv1.2"});
        listener.setEnabledCipherSuites(new String[] {GCM_256, GCM_128, CBC});
        serve(listener);

        ScanReport report = scan(listener);

        ProtocolScan tls12 = report.protocols().get(1);
        assertThat(tls12.cipherSuites()).containsExactlyInAnyOrder(GCM_256, GCM_128, CBC);
        assertThat(tls12.order()).isEqualTo(ProtocolScan.Order.SERVER);
        assertThat(tls12.cipherSuites().get(0)).isEqualTo(GCM_256);
        assertThat(tls12.namedGroups()).contains("secp256r1", "x25519").doesNotContain("x448mlkem");
        assertThat(tls12.signatureSchemes()).contains("ecdsa_secp256r1_sha256");
        assertThat(tls12.signatureSchemes()).doesNotContain("rsa_pkcs1_sha256", "ed25519");
        assertThat(report.protocols().stream().filter(ProtocolScan::accepted)).hasSize(1);
        assertThat(report.protocols().get(0).refusal())
            .hasValueSatisfying(why -> assertThat(why).contains("protocol_version"));
        assertThat(report.findings())
            .extracting(ScanFinding::id)
            .containsExactly("cbc-suite", "no-h2");
        assertThat(report.findings().get(0).detail()).contains(CBC).doesNotContain(GCM_128);
        assertThat(report.grade().level()).isEqualTo(Grade.Level.BELOW_INTERMEDIATE);
        assertThat(report.grade().reasons()).contains(CBC + " is accepted");
        assertThat(report.complete()).isTrue();
      }
    }
  }

  @Nested
  class Of_a_listener_of_tls_1_3_alone {
    @Test
    void finds_its_suites_and_groups_although_it_encrypts_the_rest() throws Exception {
      try (SSLServerSocket listener = listener(false)) {
        listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        serve(listener);

        ScanReport report = scan(listener);

        ProtocolScan tls13 = report.protocols().get(0);
        assertThat(tls13.cipherSuites())
            .containsExactlyInAnyOrder(
                "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
        assertThat(tls13.namedGroups()).contains("x25519", "secp256r1", "secp384r1");
        assertThat(tls13.ticket()).isEmpty();
        assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.NOT_ASKED);
        assertThat(report.resumes()).contains(true);
        assertThat(report.certificate().chain()).hasSize(2);
      }
    }

    @Test
    void tells_that_a_client_certificate_is_required_and_whose() throws Exception {
      try (SSLServerSocket listener = listener(true)) {
        listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        serve(listener);

        ScanReport report = scan(listener);

        assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.REQUIRED);
        assertThat(report.acceptedIssuers()).anyMatch(name -> name.contains("CN=I"));
        assertThat(report.resumes()).isEmpty();
        assertThat(report.findings())
            .extracting(ScanFinding::id)
            .doesNotContain("certificate-client-refused");
      }
    }
  }

  @Test
  void a_scan_ends_at_its_bound_and_says_so() throws Exception {
    try (SSLServerSocket listener = listener(false)) {
      serve(listener);
      ScanTarget of = ScanTarget.of("localhost", listener.getLocalPort());

      ScanReport report =
          new TlsScanner(Clock.systemUTC())
              .scan(
                  new ScanTarget(
                      of.host(),
                      of.port(),
                      of.serverName(),
                      of.trustAnchors(),
                      of.client(),
                      of.limit(),
                      6));

      assertThat(report.complete()).isFalse();
      assertThat(report.findings()).extracting(ScanFinding::id).contains("incomplete");
    }
  }

  private void serve(SSLServerSocket listener) {
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try {
              SSLSocket socket = (SSLSocket) listener.accept();
              threads.execute(() -> greet(socket));
            } catch (IOException e) {
              // The listener is closed.
            }
          }
        });
  }

  private static void greet(SSLSocket socket) {
    try (socket) {
      socket.setSoTimeout(5000);
      socket.startHandshake();
      socket.getOutputStream().write(0);
      socket.getOutputStream().flush();
      socket.getInputStream().read();
    } catch (IOException e) {
      // A scan leaves in the middle of the handshake.
    }
  }

  private SSLServerSocket listener(boolean clientRequired) throws Exception {
    return TlsListener.open(server.privateKey(), server.chain(), ca.chain().get(0), clientRequired);
  }
}
