package org.milvustls.monitor;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.milvustls.MilvusTlsException;

/**
 * A report as metrics. Times are seconds since 1970. {@code x509_cert_not_after}, {@code
 * x509_cert_not_before} and {@code x509_cert_expired} have the names and labels that dashboards of
 * x509-certificate-exporter read.
 */
public final class MonitorMetrics {
  private static final String TARGET = "target";
  private static final String[] CERTIFICATE = {
    TARGET, "filename", "subject_CN", "issuer_CN", "serial_number"
  };
  private static final double MILLIS = 1000;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private volatile MetricSnapshots last = new MetricSnapshots();

  /** Metrics without values, until a report is set. */
  public MonitorMetrics() {
    MultiCollector current = () -> last;
    registry.register(current);
  }

  /** The metrics of the last report that was set. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Replaces all values by those of this report, in one step, so that a scrape is consistent. */
  public void set(MonitorReport report) {
    last = new Values(report).registry.scrape();
  }

  /** The values of one report. */
  private static final class Values {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Gauge notAfter =
        gauge("x509_cert_not_after", "Last moment of validity, seconds since 1970.", CERTIFICATE);
    private final Gauge notBefore =
        gauge("x509_cert_not_before", "First moment of validity, seconds since 1970.", CERTIFICATE);
    private final Gauge expired =
        gauge("x509_cert_expired", "1 when the last moment of validity has passed.", CERTIFICATE);
    private final Gauge state =
        gauge(
            "milvus_tls_target_state",
            "0 OK, 1 WARNING, 2 CRITICAL, 3 NOT_YET_VALID, 4 EXPIRED, 5 UNREACHABLE.",
            TARGET);
    private final Gauge findings =
        gauge(
            "milvus_tls_target_finding", "1 for each thing that is wrong.", TARGET, "id", "state");
    private final Gauge earliest =
        gauge(
            "milvus_tls_target_earliest_not_after_timestamp_seconds",
            "When the first certificate on the path of a target expires.",
            TARGET);
    private final Gauge lastCheck =
        gauge("milvus_tls_last_check_timestamp_seconds", "When the targets were checked last.");

    Values(MonitorReport report) {
      lastCheck.set(report.at().toEpochMilli() / MILLIS);
      report.targets().forEach(this::set);
    }

    private Gauge gauge(String name, String help, String... labels) {
      return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
    }

    private void set(TargetStatus target) {
      state.labelValues(target.target()).set(target.state().number());
      for (MonitorFinding finding : target.findings()) {
        findings.labelValues(target.target(), finding.id(), finding.state().name()).set(1);
      }
      target.certificates().stream()
          .mapToDouble(status -> seconds(status.certificate().notAfter()))
          .min()
          .ifPresent(first -> earliest.labelValues(target.target()).set(first));
      for (CertificateStatus status : target.certificates()) {
        String[] labels = {
          target.target(),
          status.source(),
          commonName(status.certificate().subject()),
          commonName(status.certificate().issuer()),
          status.certificate().serial().toString(16)
        };
        notAfter.labelValues(labels).set(seconds(status.certificate().notAfter()));
        notBefore.labelValues(labels).set(seconds(status.certificate().notBefore()));
        expired.labelValues(labels).set(status.left().isNegative() ? 1 : 0);
      }
    }
  }

  private static double seconds(java.time.Instant instant) {
    return instant.toEpochMilli() / MILLIS;
  }

  /** The common name in a distinguished name, or all of it when it has none. */
  private static String commonName(String name) {
    try {
      return new LdapName(name)
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElse(name);
    } catch (InvalidNameException e) {
      return name;
    }
  }

  /**
   * Writes a report for the text file collector of Prometheus' node exporter. Replaces the file in
   * one step.
   *
   * @throws MilvusTlsException when it cannot be written
   */
  public static void write(MonitorReport report, Path file) {
    MonitorMetrics metrics = new MonitorMetrics();
    metrics.set(report);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      PrometheusTextFormatWriter.create().write(text, metrics.registry.scrape());
      Files.write(part, text.toByteArray());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw MilvusTlsException.failure("the metrics cannot be written")
          .seen(file)
          .next("name a file in a folder that can be written")
          .cause(e)
          .build();
    }
  }
}
