package org.milvustls.monitor.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.milvustls.MilvusTlsException;

/**
 * The schedule of checks. The jitter spreads the checks of monitors that started together.
 *
 * @param interval between checks
 * @param jitter largest random change of the interval, as a share of it, 0 to 1
 */
public record Schedule(Duration interval, double jitter) {
  /** More frequent checks would be a load. */
  static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration SOON = Duration.ofMinutes(1);

  public Schedule {
    if (interval.compareTo(SHORTEST) < 0) {
      throw MilvusTlsException.usage("not an interval of checks")
          .seen(interval)
          .allowed("1s or longer, as in 30m, 1h or 1d")
          .build();
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw MilvusTlsException.usage("not a jitter")
          .seen(jitter)
          .allowed("0 to 1, a share of the interval")
          .build();
    }
  }

  /** Time from the end of a check to the next. */
  Duration next(RandomGenerator random) {
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    Duration next = Duration.ofMillis(Math.round(interval.toMillis() * factor));
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }

  /** The same after undelivered alerts. */
  Duration soon(RandomGenerator random) {
    Duration next = next(random);
    return next.compareTo(SOON) < 0 ? next : SOON;
  }
}
