package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.milvustls.pki.PemFiles;
import org.milvustls.scan.Grade;
import org.milvustls.scan.ProtocolScan;
import org.milvustls.scan.ScanFinding;
import org.milvustls.scan.ScanReport;
import org.milvustls.scan.ScanReport.ClientCertificate;
import org.milvustls.scan.ScanTarget;
import org.milvustls.scan.TlsScanner;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.TlsMode;

/** What the listener of Milvus 2.3.5 accepts in each mode, which no setting of it changes. */
class ScanStory {
  private final Stage stage = Stage.of(ServerKind.EMBEDDED);

  private ScanReport scan(TlsMode mode) {
    return new TlsScanner(Clock.systemUTC())
        .scan(
            ScanTarget.of("localhost", stage.server(mode).port())
                .trusting(PemFiles.certificates(stage.certificates().trustAnchors())));
  }

  @Test
  void server_mode_accepts_every_version_and_cbc() {
    ScanReport report = scan(TlsMode.SERVER);

    assertThat(report.protocols()).allMatch(ProtocolScan::accepted).hasSize(4);
    assertThat(report.protocols().get(1).cipherSuites())
        .contains(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA");
    assertThat(report.alpn()).contains("h2");
    assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.NOT_ASKED);
    assertThat(report.findings())
        .extracting(ScanFinding::id)
        .containsExactly("old-protocol", "old-protocol", "cbc-suite");
    assertThat(report.grade().level()).isEqualTo(Grade.Level.BELOW_INTERMEDIATE);
    assertThat(report.complete()).isTrue();
  }

  @Test
  void mutual_mode_is_tls_1_3_alone_and_wants_the_client_ca() {
    ScanReport report = scan(TlsMode.MUTUAL);

    assertThat(report.protocols().stream().filter(ProtocolScan::accepted))
        .extracting(scan -> scan.protocol().jsseName())
        .containsExactly("TLSv1.3");
    assertThat(report.clientCertificate()).isEqualTo(ClientCertificate.REQUIRED);
    assertThat(report.acceptedIssuers()).isEqualTo(clientRoots());
    assertThat(report.findings()).isEmpty();
    assertThat(report.grade().level()).isEqualTo(Grade.Level.MODERN);
  }

  private List<String> clientRoots() {
    return stage.certificates().clientAnchors().stream()
        .map(anchor -> anchor.getSubjectX500Principal().getName())
        .toList();
  }
}
