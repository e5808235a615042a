package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.milvustls.pki.CertificateFacts;
import org.milvustls.pki.CertificateFinding;
import org.milvustls.pki.Inspection;

/** Prints inspections as text or as JSON. */
final class InspectionReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;

  InspectionReport(Clock clock) {
    this.clock = clock;
  }

  String text(List<Inspection> inspections) {
    StringBuilder text = new StringBuilder();
    for (Inspection inspection : inspections) {
      text.append(inspection.source()).append('\n');
      int depth = 0;
      for (CertificateFacts facts : inspection.chain()) {
        append(text, depth++, facts);
      }
      inspection.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
      for (CertificateFinding finding : inspection.findings()) {
        text.append("  PROBLEM ").append(finding.problem().id()).append(": ");
        text.append(finding.detail()).append('\n');
      }
      text.append('\n');
    }
    long findings = inspections.stream().mapToLong(each -> each.findings().size()).sum();
    return text.append(findings == 0 ? "No problem found.\n" : "Problems: " + findings + "\n")
        .toString();
  }

  private void append(StringBuilder text, int depth, CertificateFacts facts) {
    line(text, "[" + depth + "] subject", facts.subject());
    line(text, "    issuer", facts.issuer());
    if (!facts.names().isEmpty()) {
      line(text, "    names", String.join(", ", facts.names()));
    }
    String usages = String.join(", ", facts.keyUsages());
    if (!facts.extendedUsages().isEmpty()) {
      usages += (usages.isEmpty() ? "" : "; ") + String.join(", ", facts.extendedUsages());
    }
    line(text, "    usages", (facts.authority() ? "CA; " : "") + usages);
    line(text, "    key", facts.key() + ", signed with " + facts.signature());
    line(
        text,
        "    valid",
        facts.notBefore() + " to " + facts.notAfter() + " (" + left(facts) + ")");
    line(text, "    serial", facts.serial().toString(16));
    line(text, "    sha256", facts.sha256());
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("  ").append(label).append(" ".repeat(Math.max(1, 13 - label.length())));
    text.append(value).append('\n');
  }

  private String left(CertificateFacts facts) {
    Duration left = Duration.between(clock.instant(), facts.notAfter());
    if (left.isNegative()) {
      return "expired";
    }
    return left.toDays() > 1 ? left.toDays() + " days left" : left.toHours() + " hours left";
  }

  String json(List<Inspection> inspections) {
    ArrayNode root = JSON.createArrayNode();
    for (Inspection inspection : inspections) {
      ObjectNode node = root.addObject();
      node.put("source", inspection.source());
      ArrayNode chain = node.putArray("chain");
      inspection.chain().forEach(facts -> write(chain.addObject(), facts));
      strings(node.putArray("notes"), inspection.notes());
      ArrayNode findings = node.putArray("findings");
      for (CertificateFinding finding : inspection.findings()) {
        findings.addObject().put("problem", finding.problem().id()).put("detail", finding.detail());
      }
    }
    return root.toPrettyString() + "\n";
  }

  private void write(ObjectNode node, CertificateFacts facts) {
    node.put("subject", facts.subject());
    node.put("issuer", facts.issuer());
    node.put("serial", facts.serial().toString(16));
    node.put("ca", facts.authority());
    strings(node.putArray("names"), facts.names());
    strings(node.putArray("keyUsages"), facts.keyUsages());
    strings(node.putArray("extendedKeyUsages"), facts.extendedUsages());
    node.put("key", facts.key());
    node.put("signature", facts.signature());
    node.put("notBefore", facts.notBefore().toString());
    node.put("notAfter", facts.notAfter().toString());
    node.put("secondsLeft", Duration.between(clock.instant(), facts.notAfter()).toSeconds());
    node.put("sha256", facts.sha256());
  }

  private static void strings(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }
}
