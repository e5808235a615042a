package org.milvustls.monitor.alert;

import java.time.Instant;
import java.util.List;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;

/**
 * What a channel was told of a target last.
 *
 * @param state how it was
 * @param findings names of what was wrong, sorted
 * @param since when it was first told of this trouble
 * @param at when it was told this
 */
record Told(State state, List<String> findings, Instant since, Instant at) {
  Told {
    findings = List.copyOf(findings);
  }

  static Told now(TargetStatus status, Instant since, Instant at) {
    return new Told(status.state(), ids(status), since, at);
  }

  /** Whether the target is still as the channel knows it. Only details may differ. */
  boolean isStill(TargetStatus status) {
    return state == status.state() && findings.equals(ids(status));
  }

  private static List<String> ids(TargetStatus status) {
    return status.findings().stream().map(MonitorFinding::id).distinct().sorted().toList();
  }
}
