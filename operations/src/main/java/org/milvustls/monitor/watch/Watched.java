package org.milvustls.monitor.watch;

import java.util.List;
import org.milvustls.monitor.CertificateMonitor;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.MonitorTarget;

/**
 * The watched targets and their monitor.
 *
 * @param monitor monitor with its thresholds
 * @param targets at least one
 */
public record Watched(CertificateMonitor monitor, List<MonitorTarget> targets) {
  public Watched {
    targets = List.copyOf(targets);
  }

  /** Checks all of them once. */
  public MonitorReport check() {
    return monitor.check(targets);
  }
}
