package org.milvustls.monitor.watch;

import java.util.List;
import org.milvustls.monitor.CertificateMonitor;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.MonitorTarget;

/**
 * What is watched, and by which thresholds.
 *
 * @param monitor that looks
 * @param targets at least one
 */
public record Watched(CertificateMonitor monitor, List<MonitorTarget> targets) {
  public Watched {
    targets = List.copyOf(targets);
  }

  /** Looks at all of them once. */
  public MonitorReport check() {
    return monitor.check(targets);
  }
}
