package org.milvustls.bench.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Detects a step of the wall clock during a run. Durations come from the monotonic clock and are
 * not affected. Times of day in the run folder and the validity of certificates are.
 */
final class ClockWatch {
  /** Slewed clocks (at most 500 ppm by NTP) stay below it between two checks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final Clock wall;
  private final LongSupplier monotonicNanos;
  private Instant seenWall;
  private long seenNanos;

  /**
   * @param wall the clock that may be set
   * @param monotonicNanos a monotonic clock, such as {@link System#nanoTime}
   */
  ClockWatch(Clock wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.seenWall = wall.instant();
    this.seenNanos = monotonicNanos.getAsLong();
  }

  /**
   * The step of the wall clock since the last check, if a second or more.
   *
   * @return positive when it was set forward
   */
  Optional<Duration> stepped() {
    Instant nowWall = wall.instant();
    long nowNanos = monotonicNanos.getAsLong();
    Duration step =
        Duration.between(seenWall, nowWall).minus(Duration.ofNanos(nowNanos - seenNanos));
    seenWall = nowWall;
    seenNanos = nowNanos;
    return step.abs().compareTo(TOLERANCE) < 0 ? Optional.empty() : Optional.of(step);
  }
}
