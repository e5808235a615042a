package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.HostName;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.PemFiles;
import org.milvustls.scan.Grade;
import org.milvustls.scan.Protocol;
import org.milvustls.scan.ProtocolScan;
import org.milvustls.scan.ScanFinding;
import org.milvustls.scan.ScanReport;
import org.milvustls.scan.ScanReport.ClientCertificate;
import org.milvustls.scan.ScanTarget;
import org.milvustls.scan.TlsScanner;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TlsMode;

/** What the listener of Milvus 2.3.5 accepts in each mode, which no setting of it changes. */
class ScanStory {
  private static final List<String> TLS_1_3_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final Stage stage = Stage.of(ServerKind.EMBEDDED);

  private ScanTarget target(MilvusServer server) {
    return ScanTarget.of("localhost", server.port())
        .trusting(PemFiles.certificates(stage.certificates().trustAnchors()));
  }

  private static ScanReport scan(ScanTarget target) {
    return new TlsScanner(Clock.systemUTC()).scan(target);
  }

  @Test
  void server_mode_accepts_every_version_and_cbc() {
    ScanReport report = scan(target(stage.server(TlsMode.SERVER)));

    assertThat(report.protocols())
        .extracting(ProtocolScan::protocol)
        .containsExactly(Protocol.values());
    assertThat(report.protocols()).allMatch(ProtocolScan::accepted);
    assertThat(suites(report, Protocol.TLS_1_3))
        .containsExactlyInAnyOrderElementsOf(TLS_1_3_SUITES);
    assertThat(suites(report, Protocol.TLS_1_2))
        .containsExactlyInAnyOrder(
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
    assertThat(List.of(Protocol.TLS_1_1, Protocol.TLS_1_0))
        .allSatisfy(
            old ->
                assertThat(suites(report, old))
                    .containsExactly(
                        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"));
    assertThat(report.findings())
        .extracting(ScanFinding::id)
        .containsExactly("old-protocol", "old-protocol", "cbc-suite");
    assertThat(report.grade().level()).isEqualTo(Grade.Level.BELOW_INTERMEDIATE);
    assertThat(report.complete()).isTrue();
  }

  @Test
  void server_mode_has_the_groups_schemes_and_order_of_go_1_20() {
    ScanReport report = scan(target(stage.server(TlsMode.SERVER)));

    // X25519MLKEM768 came with Go 1.24.
    assertThat(report.protocols())
        .allSatisfy(
            each ->
                assertThat(each.namedGroups())
                    .containsExactlyInAnyOrder("x25519", "secp256r1", "secp384r1", "secp521r1"));
    assertThat(of(report, Protocol.TLS_1_3).signatureSchemes())
        .containsExactly("ecdsa_secp256r1_sha256");
    assertThat(of(report, Protocol.TLS_1_2).signatureSchemes())
        .containsExactlyInAnyOrder(
            "ecdsa_secp256r1_sha256",
            "ecdsa_secp384r1_sha384",
            "ecdsa_secp521r1_sha512",
            "ecdsa_sha1");
    assertThat(List.of(Protocol.TLS_1_3, Protocol.TLS_1_2))
        .allSatisfy(
            version ->
                assertThat(of(report, version).order())
                    .isEqualTo(ProtocolScan.Order.SERVER_EXCEPT_CHACHA20));
    assertThat(of(report, Protocol.TLS_1_0).order()).isEqualTo(ProtocolScan.Order.SERVER);
    assertThat(of(report, Protocol.TLS_1_2).ticket()).contains(true);
    assertThat(report.resumes()).contains(true);
    assertThat(report.alpn()).contains("h2");
    assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.NOT_ASKED);
    assertThat(report.acceptedIssuers()).isEmpty();
  }

  @Test
  void an_rsa_leaf_opens_the_door_to_rsa_key_exchange_and_3des() {
    ClientFiles rsa =
        stage.leaf(
            "scan-rsa",
            LeafRequest.server("rsa", HostName.listOf("localhost")).withKeyType(KeyType.RSA_2048),
            LeafRole.SERVER);
    try (MilvusServer server =
        MilvusServers.start(
            stage.request(TlsMode.SERVER).certificate(rsa.certificate(), rsa.key()).build())) {
      ScanReport report = scan(target(server));

      assertThat(suites(report, Protocol.TLS_1_3))
          .containsExactlyInAnyOrderElementsOf(TLS_1_3_SUITES);
      assertThat(suites(report, Protocol.TLS_1_2))
          .hasSize(11)
          .noneMatch(suite -> suite.contains("_ECDSA_"))
          .contains("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA");
      assertThat(of(report, Protocol.TLS_1_3).signatureSchemes())
          .containsExactly("rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512");
      assertThat(of(report, Protocol.TLS_1_2).signatureSchemes())
          .contains("rsa_pkcs1_sha1")
          .noneMatch(scheme -> scheme.startsWith("ecdsa"));
      assertThat(report.findings())
          .extracting(ScanFinding::id)
          .contains("old-protocol", "short-block-suite", "no-forward-secrecy", "cbc-suite");
    }
  }

  @Test
  void mutual_mode_is_tls_1_3_alone_and_wants_the_client_ca() {
    ScanReport report = scan(target(stage.server(TlsMode.MUTUAL)));

    assertThat(report.protocols().stream().filter(ProtocolScan::accepted))
        .extracting(ProtocolScan::protocol)
        .containsExactly(Protocol.TLS_1_3);
    ProtocolScan only = of(report, Protocol.TLS_1_3);
    assertThat(only.cipherSuites()).containsExactlyInAnyOrderElementsOf(TLS_1_3_SUITES);
    assertThat(only.namedGroups())
        .containsExactlyInAnyOrder("x25519", "secp256r1", "secp384r1", "secp521r1");
    assertThat(only.signatureSchemes()).containsExactly("ecdsa_secp256r1_sha256");
    assertThat(only.order()).isEqualTo(ProtocolScan.Order.SERVER_EXCEPT_CHACHA20);
    assertThat(report.alpn()).contains("h2");
    assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.REQUIRED);
    assertThat(report.acceptedIssuers()).isEqualTo(clientRoots());
    assertThat(report.resumes()).as("without a client certificate").isEmpty();
    assertThat(report.findings()).isEmpty();
    assertThat(report.grade().level()).isEqualTo(Grade.Level.MODERN);
  }

  @Test
  void mutual_mode_resumes_the_session_of_a_client_that_it_lets_in() {
    ClientFiles client = stage.clientFiles();
    ScanReport report =
        scan(
            target(stage.server(TlsMode.MUTUAL))
                .showing(Identity.pem(client.certificate(), client.key())));

    assertThat(report.resumes()).contains(true);
    assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.REQUIRED);
  }

  private static ProtocolScan of(ScanReport report, Protocol protocol) {
    return report.protocols().stream()
        .filter(scan -> scan.protocol() == protocol)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> suites(ScanReport report, Protocol protocol) {
    return of(report, protocol).cipherSuites();
  }

  private List<String> clientRoots() {
    return stage.certificates().clientAnchors().stream()
        .map(anchor -> anchor.getSubjectX500Principal().getName())
        .toList();
  }
}
