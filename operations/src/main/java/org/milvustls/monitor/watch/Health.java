package org.milvustls.monitor.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the service does what it is there for: the last check is not too long ago. */
final class Health {
  private final Clock clock;
  private final Duration oldest;
  private final Instant begun;
  private volatile Optional<Instant> last = Optional.empty();

  /** Healthy for three intervals after a check, and at first for as long without one. */
  Health(Clock clock, Duration interval) {
    this.clock = clock;
    this.oldest = interval.multipliedBy(3).plus(Duration.ofMinutes(1));
    this.begun = clock.instant();
  }

  void checked() {
    last = Optional.of(clock.instant());
  }

  boolean isHealthy() {
    return Duration.between(last.orElse(begun), clock.instant()).compareTo(oldest) <= 0;
  }

  String text() {
    return (isHealthy() ? "ok" : "stale")
        + ", "
        + last.map(at -> "last check " + at).orElse("no check yet")
        + "\n";
  }
}
