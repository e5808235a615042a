package org.milvustls.milvus;

import java.util.Objects;

/**
 * Something wrong with a configuration.
 *
 * @param severity how bad it is
 * @param id name of the kind of problem, such as {@code unknown-key}
 * @param place file and line, or the key that stands nowhere
 * @param reason what is wrong
 * @param remedy what to do
 */
public record ConfigFinding(
    Severity severity, String id, String place, String reason, String remedy) {
  /** How bad a finding is. */
  public enum Severity {
    /** The server does not start, or is not protected as the configuration seems to say. */
    ERROR,
    /** It works, and should not stay so. */
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
