package org.milvustls.monitor;

import java.time.Instant;
import java.util.List;

/**
 * The states of all targets.
 *
 * @param at when the check began
 * @param targets in the order in which they were given
 */
public record MonitorReport(Instant at, List<TargetStatus> targets) {
  public MonitorReport {
    targets = List.copyOf(targets);
  }

  /** The worst state of all. */
  public State state() {
    return State.worst(targets.stream().map(TargetStatus::state));
  }
}
