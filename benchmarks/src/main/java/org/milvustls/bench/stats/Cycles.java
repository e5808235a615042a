package org.milvustls.bench.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The ratio of an arm to its baseline in one fork, measured in the same cycles.
 *
 * <p>In each cycle the median burst of the arm is divided by that of the baseline. Anything that
 * slows the machine for longer than a cycle therefore cancels out. The fork contributes one number,
 * {@link #logRatio()}. Cycles of one fork share its JIT code and memory layout, so they are never
 * treated as independent experiments. {@link Estimate} combines the forks.
 */
public final class Cycles {
  private final double[] logRatios;
  private final double[] differences;

  private Cycles(double[] logRatios, double[] differences) {
    this.logRatios = logRatios;
    this.differences = differences;
  }

  /**
   * Pairs the cycles of two arms.
   *
   * @param arm median of each cycle, warm-up cut off; ns
   * @param baseline of the same cycles; ns
   * @throws IllegalArgumentException if there is no cycle, if the two differ in length, or if a
   *     value is not finite and positive
   */
  public static Cycles of(double[] arm, double[] baseline) {
    if (arm.length != baseline.length || arm.length == 0) {
      throw new IllegalArgumentException(
          "an arm and its baseline need the same cycles, at least one, got "
              + arm.length
              + " and "
              + baseline.length);
    }
    double[] logRatios = new double[arm.length];
    double[] differences = new double[arm.length];
    for (int i = 0; i < arm.length; i++) {
      if (!isTime(arm[i]) || !isTime(baseline[i])) {
        throw new IllegalArgumentException(
            "cycle " + i + ": a time must be positive, got " + arm[i] + " and " + baseline[i]);
      }
      logRatios[i] = Math.log(arm[i] / baseline[i]);
      differences[i] = arm[i] - baseline[i];
    }
    return new Cycles(logRatios, differences);
  }

  /** Pairs the cycles of two arms, as a run stores them. */
  public static Cycles of(List<Long> arm, List<Long> baseline) {
    return of(numbers(arm), numbers(baseline));
  }

  private static double[] numbers(List<Long> values) {
    return values.stream().mapToDouble(Long::doubleValue).toArray();
  }

  private static boolean isTime(double nanos) {
    return nanos > 0 && Double.isFinite(nanos);
  }

  /** Number of cycles. */
  public int count() {
    return logRatios.length;
  }

  /**
   * Mean over cycles of log(arm / baseline): the logarithm of the geometric mean of the ratios.
   * This is the number that the fork contributes to the {@link Estimate}.
   */
  public double logRatio() {
    return Sample.mean(logRatios);
  }

  /** Mean over cycles of arm minus baseline; ns. */
  public double difference() {
    return Sample.mean(differences);
  }

  /** Variance of the log-ratio between cycles; needs two cycles. */
  public double variance() {
    if (logRatios.length < 2) {
      throw new IllegalArgumentException("one cycle has no variance");
    }
    return Sample.variance(logRatios);
  }

  /** Drift of the log-ratio from the first to the second half of the fork. */
  public Drift drift() {
    return Drift.between(firstHalf(), secondHalf());
  }

  /** Mean log-ratio of the second half minus that of the first; needs two cycles. */
  public double change() {
    return Sample.mean(secondHalf()) - Sample.mean(firstHalf());
  }

  private double[] firstHalf() {
    return Arrays.copyOfRange(logRatios, 0, logRatios.length / 2);
  }

  private double[] secondHalf() {
    int length = logRatios.length;
    return Arrays.copyOfRange(logRatios, length - length / 2, length);
  }
}
