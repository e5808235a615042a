package org.milvustls.monitor;

import java.util.Objects;

/**
 * A problem other than expiry.
 *
 * @param id stable name, such as {@code renewed-not-served}
 * @param state WARNING or CRITICAL
 * @param detail observation and next step
 */
public record MonitorFinding(String id, State state, String detail) {
  public MonitorFinding {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
  }
}
