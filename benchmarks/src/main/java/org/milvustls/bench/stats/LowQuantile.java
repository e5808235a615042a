package org.milvustls.bench.stats;

/**
 * When a low quantile of single operations may be shown. The 10th percentile says what an operation
 * takes when nothing disturbs it.
 */
public final class LowQuantile {
  /** With fewer operations below it, a quantile moves with each of them. */
  public static final int OPERATIONS_BELOW = 50;

  private LowQuantile() {}

  /**
   * Whether so many operations carry the quantile: at least {@link #OPERATIONS_BELOW} lie below it,
   * so that the rank of its estimate has a standard error of at most 14 % (binomial: sqrt(n p (1 -
   * p)) of n p).
   *
   * @param operations how many were measured
   * @param p such as 0.1
   * @throws IllegalArgumentException if {@code p} does not lie between 0 and 1
   */
  public static boolean isCarriedBy(long operations, double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a quantile lies between 0 and 1, got " + p);
    }
    return operations * p >= OPERATIONS_BELOW;
  }
}
