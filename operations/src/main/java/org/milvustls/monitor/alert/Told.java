package org.milvustls.monitor.alert;

import java.time.Instant;
import java.util.List;
import org.milvustls.monitor.MonitorFinding;
import org.milvustls.monitor.State;
import org.milvustls.monitor.TargetStatus;

/**
 * The last alert of a channel about a target.
 *
 * @param state its state
 * @param findings sorted names of its problems
 * @param since time of the first alert about this problem
 * @param at time of this alert
 */
record Told(State state, List<String> findings, Instant since, Instant at) {
  Told {
    findings = List.copyOf(findings);
  }

  static Told now(TargetStatus status, Instant since, Instant at) {
    return new Told(status.state(), ids(status), since, at);
  }

  /** Whether the target is still in the reported state. Details may differ. */
  boolean isStill(TargetStatus status) {
    return state == status.state() && findings.equals(ids(status));
  }

  private static List<String> ids(TargetStatus status) {
    return status.findings().stream().map(MonitorFinding::id).distinct().sorted().toList();
  }
}
