package org.milvustls.monitor.watch;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import org.milvustls.monitor.MonitorMetrics;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.alert.Alerts;

/** The metrics of a check, and those of the service itself. */
final class WatchMetrics {
  private static final double NANOS = 1e9;
  private final MonitorMetrics checks = new MonitorMetrics();
  private final PrometheusRegistry registry = checks.registry();
  private final Gauge duration =
      Gauge.builder()
          .name("milvus_tls_check_duration_seconds")
          .help("How long the last check of all targets took.")
          .register(registry);
  private final Gauge readable =
      Gauge.builder()
          .name("milvus_tls_targets_last_reload_successful")
          .help("1, or 0 when the list of targets is broken and an older one in use.")
          .register(registry);
  private final Counter messages =
      Counter.builder()
          .name("milvus_tls_alert_messages_total")
          .help("Messages to a channel of alerts, by whether they were delivered.")
          .labelNames("channel", "delivered")
          .register(registry);

  /** Failure counters start at 0, so that the first failure is an increase. */
  WatchMetrics(List<String> channels) {
    readable.set(1);
    for (String channel : channels) {
      messages.labelValues(channel, "true");
      messages.labelValues(channel, "false");
    }
  }

  PrometheusRegistry registry() {
    return registry;
  }

  void checked(MonitorReport report, Duration took) {
    checks.set(report);
    duration.set(took.toNanos() / NANOS);
  }

  void reloaded(boolean well) {
    readable.set(well ? 1 : 0);
  }

  void told(Alerts.Outcome outcome) {
    messages.labelValues(outcome.channel(), String.valueOf(outcome.failure().isEmpty())).inc();
  }
}
