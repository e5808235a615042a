package org.milvustls.bench.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/** What one fork says of an arm and its baseline, which it measured in the same cycles. */
public final class Cycles {
  /** A fork whose halves differ more than chance does in one of a thousand forks is marked. */
  private static final double DRIFT_LEVEL = 0.001;

  private final double[] logRatios;
  private final double[] differences;

  private Cycles(double[] logRatios, double[] differences) {
    this.logRatios = logRatios;
    this.differences = differences;
  }

  /**
   * Pairs the cycles of two arms.
   *
   * @param arm median of each cycle, warm-up cut off; any unit
   * @param baseline of the same cycles
   * @throws IllegalArgumentException if there are fewer than two cycles, unequally many, or one
   *     that is not positive
   */
  public static Cycles of(List<Long> arm, List<Long> baseline) {
    if (arm.size() != baseline.size() || arm.size() < 2) {
      throw new IllegalArgumentException(arm.size() + " cycles against " + baseline.size());
    }
    double[] logRatios = new double[arm.size()];
    double[] differences = new double[arm.size()];
    for (int i = 0; i < logRatios.length; i++) {
      if (arm.get(i) <= 0 || baseline.get(i) <= 0) {
        throw new IllegalArgumentException(
            "cycle " + i + " took " + arm.get(i) + " against " + baseline.get(i));
      }
      logRatios[i] = Math.log((double) arm.get(i) / baseline.get(i));
      differences[i] = (double) arm.get(i) - baseline.get(i);
    }
    return new Cycles(logRatios, differences);
  }

  /** Mean over cycles of log(arm / baseline): the logarithm of the geometric mean of the ratios. */
  public double logRatio() {
    return mean(logRatios);
  }

  /** Mean over cycles of arm minus baseline, in the unit of the cycles. */
  public double difference() {
    return mean(differences);
  }

  /**
   * Whether the log-ratio moved between the halves of the fork, by Welch's two-sample t test
   * (Welch, Biometrika 34, 1947; pooled here with the smaller half's degrees of freedom, which is
   * conservative).
   */
  public boolean drifts() {
    int half = logRatios.length / 2;
    double[] first = Arrays.copyOfRange(logRatios, 0, half);
    double[] second = Arrays.copyOfRange(logRatios, half, logRatios.length);
    if (half < 3) {
      return false;
    }
    double error = Math.sqrt(variance(first) / first.length + variance(second) / second.length);
    double difference = Math.abs(mean(second) - mean(first));
    double limit = TDistribution.of(half - 1).inverseSurvivalProbability(DRIFT_LEVEL / 2);
    return difference > limit * error;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
