package org.milvustls.milvus;

import java.util.Objects;

/**
 * A problem of a configuration.
 *
 * @param severity error or warning
 * @param id name of the kind of problem, such as {@code unknown-key}
 * @param place file and line, or the missing key
 * @param reason what is wrong
 * @param remedy what to do
 */
public record ConfigFinding(
    Severity severity, String id, String place, String reason, String remedy) {
  /** The severity of a finding. */
  public enum Severity {
    /** The server does not start, or is less protected than the configuration suggests. */
    ERROR,
    /** It works, but should be changed. */
    WARNING
  }

  public ConfigFinding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(remedy, "remedy");
  }
}
