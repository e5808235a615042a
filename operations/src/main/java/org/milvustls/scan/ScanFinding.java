package org.milvustls.scan;

import java.util.Objects;

/**
 * A problem that a scan found.
 *
 * @param id stable name, such as {@code old-protocol}
 * @param severity its severity
 * @param detail observation
 * @param remedy next step that Milvus supports
 */
public record ScanFinding(String id, Severity severity, String detail, String remedy) {

  /** The severity of a finding. */
  public enum Severity {
    /** Known to be broken or forbidden. */
    HIGH,
    /** Weaker than recommended. */
    MEDIUM,
    /** For information. */
    LOW
  }

  public ScanFinding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(remedy, "remedy");
  }
}
