package org.milvustls.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.milvustls.pki.KeyPassword;

/**
 * Checks several targets in parallel, each within its own time limit, so that a dead one does not
 * block the others.
 *
 * <pre>{@code
 * MonitorReport report =
 *     CertificateMonitor.withClock(Clock.systemUTC())
 *         .check(List.of(MonitorTarget.files(Path.of("certs"))));
 * report.state();   // OK
 * }</pre>
 */
public final class CertificateMonitor {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int AT_ONCE = 8;

  private final Clock clock;
  private final Thresholds thresholds;
  private final Duration limit;
  private final Optional<KeyPassword> password;

  private CertificateMonitor(
      Clock clock, Thresholds thresholds, Duration limit, Optional<KeyPassword> password) {
    this.clock = clock;
    this.thresholds = thresholds;
    this.limit = limit;
    this.password = password;
  }

  /** A monitor with {@link Thresholds#DEFAULT} and 5 s for each answer of a listener. */
  public static CertificateMonitor withClock(Clock clock) {
    return new CertificateMonitor(clock, Thresholds.DEFAULT, LIMIT, Optional.empty());
  }

  public CertificateMonitor with(Thresholds other) {
    return new CertificateMonitor(clock, other, limit, password);
  }

  /** A copy with another limit for the connection and for each answer. */
  public CertificateMonitor within(Duration each) {
    return new CertificateMonitor(clock, thresholds, each, password);
  }

  /** A copy with the password of key stores and encrypted keys. */
  public CertificateMonitor unlocking(KeyPassword keyPassword) {
    return new CertificateMonitor(clock, thresholds, limit, Optional.of(keyPassword));
  }

  /** Checks every target once, in parallel; the report has them in the order given. */
  public MonitorReport check(List<MonitorTarget> targets) {
    Instant at = clock.instant();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(AT_ONCE, targets.size())),
            task -> {
              Thread thread = new Thread(task, "certificate-monitor");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<TargetStatus>> running = new ArrayList<>();
      for (MonitorTarget target : targets) {
        running.add(
            threads.submit(
                () -> new TargetCheck(target, thresholds, limit, password, clock).run()));
      }
      List<TargetStatus> found = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        found.add(result(running.get(i), targets.get(i)));
      }
      return new MonitorReport(at, found);
    } finally {
      threads.shutdownNow();
    }
  }

  private static TargetStatus result(Future<TargetStatus> running, MonitorTarget target) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return TargetStatus.unreachable(target.name(), "the check was interrupted");
    } catch (ExecutionException e) {
      return TargetStatus.unreachable(target.name(), "the check failed: " + e.getCause());
    }
  }
}
