package org.milvustls.monitor.watch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.MonitorReport;
import org.milvustls.monitor.State;
import org.milvustls.monitor.alert.Alerts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks targets repeatedly, serves the results as metrics and sends alerts, until it is closed.
 *
 * <pre>{@code
 * try (Watch watch = Watch.start(targets, schedule, alerts, "127.0.0.1", 9464, clock)) {
 *   watch.run();
 * }
 * }</pre>
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** Interval of the checks for a changed target file. */
  private static final long LOOK_MILLIS = 1000;

  private final WatchedTargets targets;
  private final Schedule schedule;
  private final Optional<Alerts> alerts;
  private final WatchMetrics metrics;
  private final Health health;
  private final WatchServer server;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private volatile State state = State.OK;
  private final AtomicBoolean reloadAsked = new AtomicBoolean();
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore telling = new Semaphore(1);
  private volatile boolean closed;

  private Watch(
      WatchedTargets targets,
      Schedule schedule,
      Optional<Alerts> alerts,
      WatchMetrics metrics,
      Health health,
      WatchServer server) {
    this.targets = targets;
    this.schedule = schedule;
    this.alerts = alerts;
    this.metrics = metrics;
    this.health = health;
    this.server = server;
  }

  /**
   * Starts the metrics server; {@link #run} makes the checks.
   *
   * @param host address of the metrics server
   * @param port 0: any free one
   * @throws MilvusTlsException when it cannot listen there
   */
  public static Watch start(
      WatchedTargets targets,
      Schedule schedule,
      Optional<Alerts> alerts,
      String host,
      int port,
      Clock clock) {
    WatchMetrics metrics = new WatchMetrics(alerts.map(Alerts::channels).orElse(List.of()));
    Health health = new Health(clock, schedule.interval());
    return new Watch(
        targets, schedule, alerts, metrics, health, WatchServer.start(host, port, metrics, health));
  }

  /** Port of the metrics server. */
  public int port() {
    return server.port();
  }

  /** From now on, SIGHUP calls {@link #reload}, for the whole JVM. */
  public void reloadOnHangUp() {
    HangUp.run(this::reload);
  }

  /** Requests a reload of the targets and an immediate check. */
  public void reload() {
    reloadAsked.set(true);
    wake.release();
  }

  /** Checks until {@link #close}. */
  public void run() throws InterruptedException {
    while (!closed) {
      boolean delivered = look();
      await(delivered ? schedule.next(random) : schedule.soon(random));
    }
  }

  /** Makes one check; returns whether all alerts were delivered. */
  private boolean look() throws InterruptedException {
    long start = System.nanoTime();
    MonitorReport report = targets.current().check();
    metrics.checked(report, Duration.ofNanos(System.nanoTime() - start));
    health.checked();
    if (report.state() != state) {
      LOG.info("{} -> {}, {} targets", state, report.state(), report.targets().size());
      state = report.state();
    }
    return alerts.isEmpty() || tellUnlessClosed(alerts.get(), report);
  }

  private boolean tellUnlessClosed(Alerts to, MonitorReport report) throws InterruptedException {
    telling.acquire();
    try {
      return closed || tell(to, report);
    } finally {
      telling.release();
    }
  }

  private boolean tell(Alerts to, MonitorReport report) throws InterruptedException {
    boolean delivered = true;
    for (Alerts.Outcome outcome : to.tell(report)) {
      metrics.told(outcome);
      if (outcome.failure().isPresent()) {
        delivered = false;
        LOG.warn(
            "alerts not delivered by {}, which is tried again: {}: {}",
            outcome.channel(),
            outcome.alerts(),
            outcome.failure().get());
      } else {
        LOG.info("alerts delivered by {}: {}", outcome.channel(), outcome.alerts());
      }
    }
    return delivered;
  }

  /** Waits for the next check; new targets end the wait. */
  private void await(Duration span) throws InterruptedException {
    long end = System.nanoTime() + span.toNanos();
    while (!closed && System.nanoTime() - end < 0) {
      if (reloadIsDue()) {
        boolean well = targets.reload();
        metrics.reloaded(well);
        if (well) {
          return;
        }
      }
      pause((end - System.nanoTime()) / 1_000_000);
    }
  }

  private void pause(long most) throws InterruptedException {
    if (wake.tryAcquire(Math.max(1, Math.min(LOOK_MILLIS, most)), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private boolean reloadIsDue() {
    return reloadAsked.getAndSet(false) || targets.hasChanged();
  }

  /**
   * Waits until no alert is in delivery, so that all are recorded. Call it after {@link #close}. It
   * does not wait for a check in progress, which will send no alert.
   */
  public void awaitMessages(Duration most) throws InterruptedException {
    if (telling.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
      telling.release();
    }
  }

  /** Ends {@link #run} after its current step, and stops the metrics server. */
  @Override
  public void close() {
    closed = true;
    wake.release();
    server.close();
  }
}
