package org.milvustls.monitor;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of one target.
 *
 * @param target its name
 * @param state the worst of its certificates and findings
 * @param certificates those on validated paths, leaf first
 * @param findings problems other than expiry
 */
public record TargetStatus(
    String target,
    State state,
    List<CertificateStatus> certificates,
    List<MonitorFinding> findings) {
  public TargetStatus {
    certificates = List.copyOf(certificates);
    findings = List.copyOf(findings);
  }

  static TargetStatus of(
      String target, List<CertificateStatus> certificates, List<MonitorFinding> findings) {
    return new TargetStatus(
        target,
        State.worst(
            Stream.concat(
                certificates.stream().map(CertificateStatus::state),
                findings.stream().map(MonitorFinding::state))),
        certificates,
        findings);
  }

  static TargetStatus unreachable(String target, String why) {
    return new TargetStatus(
        target, State.UNREACHABLE, List.of(), List.of(MonitorProblem.UNREACHABLE.seen(why)));
  }

  /** The reason of its state in one line: its worst finding, or its expiry. */
  public String reason() {
    return findings.stream()
        .filter(finding -> finding.state() == state)
        .findFirst()
        .map(MonitorFinding::detail)
        .orElseGet(() -> "is " + state + ", " + Spans.left(earliest()));
  }

  /** Time until the first of its certificates expires; zero without certificates. */
  public Duration earliest() {
    return certificates.stream()
        .map(CertificateStatus::left)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
