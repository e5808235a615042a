package org.milvustls.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.milvustls.pki.CertificateFinding;
import org.milvustls.pki.Inspection;
import org.milvustls.pki.Problem;
import org.milvustls.scan.ScanFinding.Severity;

/** Makes findings from the accepted parameters. The remedies are those that Milvus supports. */
final class ScanFindings {
  private static final String NO_SETTING =
      "Milvus has no setting for it: use mutual mode (TLS 1.3 alone), a newer Milvus, or a proxy in"
          + " front";

  private final List<ScanFinding> findings = new ArrayList<>();

  private ScanFindings() {}

  static List<ScanFinding> of(
      List<ProtocolScan> protocols,
      Optional<String> alpn,
      Inspection certificate,
      boolean complete) {
    ScanFindings found = new ScanFindings();
    protocols.stream().filter(ProtocolScan::accepted).forEach(found::protocol);
    if (alpn.isEmpty()) {
      found.add(
          "no-h2",
          Severity.MEDIUM,
          "no application protocol is chosen when h2 is offered",
          "gRPC clients refuse such a connection: see that this is the gRPC port of Milvus");
    }
    certificate.findings().stream()
        .filter(finding -> finding.problem() != Problem.CLIENT_REFUSED)
        .forEach(found::certificate);
    if (!complete) {
      found.add(
          "incomplete",
          Severity.LOW,
          "the scan ended at its bound of connections or of time",
          "read the lists as what was found so far");
    }
    found.findings.sort(Comparator.comparing(ScanFinding::severity));
    return List.copyOf(found.findings);
  }

  private void protocol(ProtocolScan scan) {
    if (scan.protocol().wireValue() < Protocol.TLS_1_2.wireValue()) {
      add(
          "old-protocol",
          Severity.HIGH,
          scan.protocol() + " is accepted, which RFC 8996 forbids",
          NO_SETTING);
    }
    suites(
        scan, "broken-suite", Severity.HIGH, "RC4, NULL, EXPORT, DES or anonymous", this::broken);
    suites(
        scan,
        "short-block-suite",
        Severity.MEDIUM,
        "3DES: blocks of 64 bits (Sweet32)",
        suite -> suite.contains("_3DES_"));
    if (scan.protocol() == Protocol.TLS_1_2) {
      suites(
          scan,
          "no-forward-secrecy",
          Severity.MEDIUM,
          "RSA key exchange: no forward secrecy",
          suite -> suite.startsWith("TLS_RSA_"));
      suites(
          scan,
          "cbc-suite",
          Severity.MEDIUM,
          "CBC, which is not authenticated encryption",
          suite -> suite.contains("_CBC_"));
    }
  }

  private boolean broken(String suite) {
    return suite.contains("_RC4_")
        || suite.contains("_NULL_")
        || suite.contains("_EXPORT_")
        || suite.contains("_anon_")
        || suite.contains("_DES_CBC_");
  }

  private void suites(
      ProtocolScan scan,
      String id,
      Severity severity,
      String what,
      java.util.function.Predicate<String> wrong) {
    List<String> suites = scan.cipherSuites().stream().filter(wrong).toList();
    if (!suites.isEmpty()) {
      add(
          id,
          severity,
          scan.protocol() + " accepts " + what + ": " + String.join(", ", suites),
          NO_SETTING);
    }
  }

  private void certificate(CertificateFinding finding) {
    add(
        "certificate-" + finding.problem().id(),
        Severity.HIGH,
        finding.detail(),
        "issue the certificate anew ('milvus-tls certs issue' or 'certs renew') and restart Milvus");
  }

  private void add(String id, Severity severity, String detail, String remedy) {
    findings.add(new ScanFinding(id, severity, detail, remedy));
  }
}
