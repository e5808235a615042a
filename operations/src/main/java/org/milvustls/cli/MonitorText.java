package org.milvustls.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.milvustls.monitor.CertificateStatus;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.Spans;
import org.milvustls.monitor.TargetStatus;

/** Prints a check as text, with a first line for monitoring plug-ins, or as JSON. */
final class MonitorText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MonitorText() {}

  static String text(MonitorReport report) {
    StringBuilder text = new StringBuilder(firstLine(report)).append('\n');
    for (TargetStatus target : report.targets()) {
      text.append(String.format("%-13s %s%n", target.state(), target.target()));
      bySource(target).forEach((status, sources) -> certificate(text, status, sources));
      for (MonitorFinding finding : target.findings()) {
        text.append(
            String.format(
                "  %-13s %s: %s%n",
                finding.state(), finding.id(), finding.detail().replaceAll("\\s*\\R\\s*", "; ")));
      }
    }
    return text.toString();
  }

  /** The sources of each certificate, so that a certificate in several places is shown once. */
  private static Map<CertificateStatus, List<String>> bySource(TargetStatus target) {
    Map<String, CertificateStatus> first = new LinkedHashMap<>();
    Map<CertificateStatus, List<String>> sources = new LinkedHashMap<>();
    for (CertificateStatus status : target.certificates()) {
      CertificateStatus shown =
          first.computeIfAbsent(status.certificate().sha256(), sha256 -> status);
      List<String> where = sources.computeIfAbsent(shown, any -> new ArrayList<>());
      if (!where.contains(status.source())) {
        where.add(status.source());
      }
    }
    return sources;
  }

  private static void certificate(
      StringBuilder text, CertificateStatus status, List<String> sources) {
    text.append(
        String.format(
            "  %-13s %s, until %s (%s)%n%17s%s%n",
            status.state(),
            status.certificate().subject(),
            status.certificate().notAfter(),
            Spans.left(status.left()),
            "",
            "serial "
                + status.certificate().serial().toString(16)
                + ", in "
                + String.join(", ", sources)));
  }

  /** {@code CRITICAL - 1 of 3 targets: certs expires in 3 days | 'certs'=3d}. */
  private static String firstLine(MonitorReport report) {
    List<TargetStatus> bad =
        report.targets().stream()
            .filter(target -> target.state().exitCode() > 0)
            .sorted(Comparator.comparing(TargetStatus::state).reversed())
            .toList();
    String all = report.targets().size() == 1 ? "1 target" : report.targets().size() + " targets";
    String what =
        bad.isEmpty()
            ? all + ", " + soonest(report)
            : bad.size() + " of " + all + ": " + bad.get(0).target() + " " + bad.get(0).reason();
    String figures =
        report.targets().stream()
            .filter(target -> !target.certificates().isEmpty())
            .map(
                target ->
                    "'"
                        + target.target().replace("'", "")
                        + "'="
                        + target.earliest().toSeconds()
                        + "s")
            .collect(Collectors.joining(" "));
    // By convention, EXPIRED and similar states are CRITICAL.
    String word =
        switch (report.state()) {
          case OK -> "OK";
          case WARNING -> "WARNING";
          default -> "CRITICAL";
        };
    return oneLine(word + " - " + what) + (figures.isEmpty() ? "" : " | " + figures);
  }

  /** Removes bars, because a bar begins the performance data. */
  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", "; ").replace('|', '/');
  }

  private static String soonest(MonitorReport report) {
    return report.targets().stream()
        .flatMap(target -> target.certificates().stream())
        .map(CertificateStatus::left)
        .min(Comparator.naturalOrder())
        .map(left -> "the first expires in " + Spans.text(left))
        .orElse("no certificate");
  }

  static String json(MonitorReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("at", report.at().toString()).put("state", report.state().name());
    ArrayNode targets = root.putArray("targets");
    for (TargetStatus target : report.targets()) {
      ObjectNode node = targets.addObject();
      node.put("target", target.target()).put("state", target.state().name());
      ArrayNode certificates = node.putArray("certificates");
      for (CertificateStatus status : target.certificates()) {
        ObjectNode entry = certificates.addObject();
        entry.put("source", status.source()).put("state", status.state().name());
        entry.put("subject", status.certificate().subject());
        entry.put("issuer", status.certificate().issuer());
        entry.put("serial", status.certificate().serial().toString(16));
        entry.put("notBefore", status.certificate().notBefore().toString());
        entry.put("notAfter", status.certificate().notAfter().toString());
        entry.put("secondsLeft", status.left().toSeconds());
        entry.put("sha256", status.certificate().sha256());
      }
      ArrayNode findings = node.putArray("findings");
      for (MonitorFinding finding : target.findings()) {
        ObjectNode entry = findings.addObject();
        entry.put("id", finding.id()).put("state", finding.state().name().toUpperCase(Locale.ROOT));
        entry.put("detail", finding.detail());
      }
    }
    return root.toPrettyString() + "\n";
  }
}
