package org.milvustls.monitor;

import java.util.Objects;

/**
 * Something that is wrong apart from expiry.
 *
 * @param id stable name, such as {@code renewed-not-served}
 * @param state WARNING or CRITICAL
 * @param detail what was seen, and what to do
 */
public record MonitorFinding(String id, State state, String detail) {
  public MonitorFinding {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(detail, "detail");
  }
}
