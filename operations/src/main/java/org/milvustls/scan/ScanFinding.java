package org.milvustls.scan;

import java.util.Objects;

/**
 * A problem that a scan found.
 *
 * @param id stable name, such as {@code old-protocol}
 * @param severity how bad it is
 * @param detail what was seen
 * @param remedy what to do, fit for Milvus
 */
public record ScanFinding(String id, Severity severity, String detail, String remedy) {

  /** How bad a finding is. */
  public enum Severity {
    /** Known to be broken or forbidden. */
    HIGH,
    /** Weaker than recommended. */
    MEDIUM,
    /** Good to know. */
    LOW
  }

  public ScanFinding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(remedy, "remedy");
  }
}
