package org.milvustls.bench.stats;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval from " + low + " to " + high);
    }
  }

  /** From the scale of logarithms to that of ratios. */
  public Interval exp() {
    return new Interval(Math.exp(low), Math.exp(high));
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Whether this lies inside another. */
  public boolean within(Interval other) {
    return other.low <= low && high <= other.high;
  }
}
