package org.milvustls.bench.load;

import java.util.SplittableRandom;

/**
 * The schedule of calls: a Poisson process, as of many independent users. The gaps are exponential
 * (inverse transform), and the seed fixes them.
 */
final class Arrivals {
  private final double meanGapNanos;
  private final SplittableRandom random;
  private double now;

  /**
   * A process.
   *
   * @param rate calls per second
   */
  Arrivals(double rate, long seed) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("a rate must be above 0, got " + rate);
    }
    this.meanGapNanos = 1e9 / rate;
    this.random = new SplittableRandom(seed);
  }

  /** Scheduled time of the next call, in ns since the start. */
  long next() {
    now -= meanGapNanos * Math.log(1 - random.nextDouble());
    return (long) now;
  }
}
