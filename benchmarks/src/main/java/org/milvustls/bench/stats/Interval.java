package org.milvustls.bench.stats;

/**
 * A confidence interval, both ends included.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  public Interval {
    if (!(Double.isFinite(low) && Double.isFinite(high) && low <= high)) {
      throw new IllegalArgumentException(
          "an interval needs two finite ends, the lower first, got " + low + " to " + high);
    }
  }

  /** From {@code middle - halfWidth} to {@code middle + halfWidth}. */
  static Interval around(double middle, double halfWidth) {
    return new Interval(middle - halfWidth, middle + halfWidth);
  }

  /**
   * The interval of the ratio, from that of its log-ratio. An end that overflows becomes the
   * largest number.
   */
  public Interval exp() {
    return new Interval(
        Math.min(Math.exp(low), Double.MAX_VALUE), Math.min(Math.exp(high), Double.MAX_VALUE));
  }

  /** Half of the distance between the ends. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  /** Whether a value lies between the ends or on one. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Whether the whole of this lies inside another. */
  public boolean within(Interval other) {
    return other.low <= low && high <= other.high;
  }
}
