package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.milvustls.pki.CertificateFacts;
import org.milvustls.scan.Grade;
import org.milvustls.scan.ProtocolScan;
import org.milvustls.scan.ScanFinding;
import org.milvustls.scan.ScanReport;

/** Prints a scan as text or as JSON. */
final class ScanText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScanText() {}

  static String text(ScanReport report) {
    StringBuilder text = new StringBuilder(report.target()).append('\n');
    for (ProtocolScan scan : report.protocols()) {
      protocol(text, scan);
    }
    line(text, "ALPN", report.alpn().orElse("none when h2 is offered"));
    line(
        text,
        "resumption",
        report
            .resumes()
            .map(yes -> yes ? "yes, seen with the JDK" : "not seen with the JDK")
            .orElse("not known: the client was not let in"));
    line(text, "client", clientCertificate(report));
    for (CertificateFacts facts : report.certificate().chain()) {
      line(
          text,
          facts.authority() ? "issuer" : "leaf",
          facts.subject() + ", " + facts.key() + ", until " + facts.notAfter());
    }
    for (ScanFinding finding : report.findings()) {
      text.append("  ").append(finding.severity()).append(' ').append(finding.id()).append(": ");
      text.append(finding.detail()).append("\n    next: ").append(finding.remedy()).append('\n');
    }
    text.append('\n').append(Grade.GUIDELINES).append(": ").append(id(report.grade().level()));
    text.append('\n');
    report.grade().reasons().forEach(why -> text.append("  ").append(why).append('\n'));
    report.grade().notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "%d connections in %.1f s%s%n",
            report.connections(),
            report.took().toMillis() / 1000.0,
            report.complete() ? "" : "; ended at the bound, so there may be more"));
    return text.toString();
  }

  private static void protocol(StringBuilder text, ProtocolScan scan) {
    if (!scan.accepted()) {
      line(text, scan.protocol().jsseName(), "no: " + scan.refusal().orElse(""));
      return;
    }
    line(text, scan.protocol().jsseName(), "yes; " + order(scan.order()) + ticket(scan));
    list(text, "suites", scan.cipherSuites());
    list(text, "groups", scan.namedGroups());
    list(text, "signatures", scan.signatureSchemes());
  }

  private static String ticket(ProtocolScan scan) {
    return scan.ticket().map(promised -> promised ? "; session tickets" : "").orElse("");
  }

  private static String order(ProtocolScan.Order order) {
    return switch (order) {
      case SERVER -> "the server's order of suites decides";
      case SERVER_EXCEPT_CHACHA20 ->
          "the server's order of suites decides; ChaCha20 is taken when the client puts it first";
      case CLIENT -> "the client's order of suites decides";
      case NO_CHOICE -> "one suite";
    };
  }

  private static String clientCertificate(ScanReport report) {
    String issuers =
        report.acceptedIssuers().isEmpty()
            ? ""
            : ", issued by " + String.join(" or ", report.acceptedIssuers());
    return switch (report.clientCertificate()) {
      case NOT_ASKED -> "no certificate asked for (one-way TLS)";
      case ASKED -> "certificate asked for, not required" + issuers;
      case REQUIRED -> "certificate required (mutual TLS)" + issuers;
    };
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  ").append(label).append(" ".repeat(Math.max(1, 12 - label.length())));
    text.append(value).append('\n');
  }

  private static void list(StringBuilder text, String label, List<String> values) {
    if (!values.isEmpty()) {
      text.append("    ").append(label).append(" ".repeat(Math.max(1, 12 - label.length())));
      text.append(String.join("\n" + " ".repeat(16), values)).append('\n');
    }
  }

  static String json(ScanReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("target", report.target()).put("at", report.at().toString());
    ArrayNode protocols = root.putArray("protocols");
    for (ProtocolScan scan : report.protocols()) {
      ObjectNode node = protocols.addObject();
      node.put("protocol", scan.protocol().jsseName()).put("accepted", scan.accepted());
      scan.refusal().ifPresent(why -> node.put("refusal", why));
      strings(node.putArray("cipherSuites"), scan.cipherSuites());
      node.put("order", id(scan.order()));
      strings(node.putArray("namedGroups"), scan.namedGroups());
      strings(node.putArray("signatureSchemes"), scan.signatureSchemes());
      scan.ticket().ifPresent(promised -> node.put("ticket", promised));
    }
    report.alpn().ifPresent(chosen -> root.put("alpn", chosen));
    report.resumes().ifPresent(resumes -> root.put("resumes", resumes));
    root.put("clientCertificate", id(report.clientCertificate()));
    strings(root.putArray("acceptedIssuers"), report.acceptedIssuers());
    ArrayNode chain = root.putArray("chain");
    for (CertificateFacts facts : report.certificate().chain()) {
      ObjectNode node = chain.addObject();
      node.put("subject", facts.subject()).put("issuer", facts.issuer());
      node.put("serial", facts.serial().toString(16)).put("key", facts.key());
      node.put("notAfter", facts.notAfter().toString()).put("sha256", facts.sha256());
    }
    ArrayNode findings = root.putArray("findings");
    for (ScanFinding finding : report.findings()) {
      ObjectNode node = findings.addObject();
      node.put("id", finding.id()).put("severity", id(finding.severity()));
      node.put("detail", finding.detail()).put("remedy", finding.remedy());
    }
    ObjectNode grade = root.putObject("grade");
    grade.put("guidelines", Grade.GUIDELINES).put("level", id(report.grade().level()));
    strings(grade.putArray("reasons"), report.grade().reasons());
    strings(grade.putArray("notes"), report.grade().notes());
    root.put("complete", report.complete()).put("connections", report.connections());
    root.put("millis", report.took().toMillis());
    return root.toPrettyString() + "\n";
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void strings(ArrayNode array, Collection<String> values) {
    values.forEach(array::add);
  }
}
