package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private Instant wall = Instant.parse("2026-03-01T00:00:00Z");
  private long nanos = Long.MAX_VALUE - 1; // a monotonic clock has no zero and may overflow
  private final InstantSource wallClock = () -> wall;
  private final Clock clock = wallClock.withZone(ZoneOffset.UTC);
  private final ClockWatch watch = new ClockWatch(clock, () -> nanos);

  private void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void a_clock_that_goes_on_is_not_stepped_however_long_it_takes() {
    pass(Duration.ofHours(3));
    assertThat(watch.stepped()).isEmpty();
  }

  @Test
  void a_slewed_clock_is_not_stepped() {
    pass(Duration.ofMinutes(10));
    wall = wall.plusMillis(300);
    assertThat(watch.stepped()).isEmpty();
  }

  @Test
  void a_step_either_way_is_told_once_with_its_size() {
    pass(Duration.ofSeconds(20));
    wall = wall.plusSeconds(3600);
    assertThat(watch.stepped()).contains(Duration.ofHours(1));
    assertThat(watch.stepped()).isEmpty();
    wall = wall.minusSeconds(90);
    pass(Duration.ofSeconds(20));
    assertThat(watch.stepped()).contains(Duration.ofSeconds(-90));
  }
}
