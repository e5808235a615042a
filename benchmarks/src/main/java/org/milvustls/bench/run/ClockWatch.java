package org.milvustls.bench.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells when the wall clock was set while a run went on. Durations come from the monotonic clock
 * and do not notice; the times of day in the store do, and certificates are judged by them.
 */
final class ClockWatch {
  /** Clocks that are slewed (at most 500 ppm by NTP) stay below it between two looks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(1);

  private final Clock wall;
  private final LongSupplier monotonicNanos;
  private Instant seenWall;
  private long seenNanos;

  /**
   * @param wall the clock that may be set
   * @param monotonicNanos one that only goes on, such as {@link System#nanoTime}
   */
  ClockWatch(Clock wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.seenWall = wall.instant();
    this.seenNanos = monotonicNanos.getAsLong();
  }

  /**
   * By how much the wall clock was set since the last look, a second or more either way.
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
