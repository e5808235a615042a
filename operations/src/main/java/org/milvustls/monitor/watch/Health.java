package org.milvustls.monitor.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The health of the service: healthy while the last check is recent. */
final class Health {
  private final Clock clock;
  private final Duration oldest;
  private final Instant begun;
  private volatile Optional<Instant> last = Optional.empty();

  /** Healthy for three intervals after a check, and for the same time after the start. */
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
