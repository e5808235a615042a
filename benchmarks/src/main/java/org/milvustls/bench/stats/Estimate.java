package org.milvustls.bench.stats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over forks with its standard error: the fork is the unit of inference, whatever happens
 * inside it.
 *
 * @param mean over forks
 * @param standardError of the mean; NaN without degrees of freedom
 * @param degreesOfFreedom of the t distribution; 0 with one fork: then there is no interval
 * @param forks how many values stand behind it
 */
public record Estimate(double mean, double standardError, int degreesOfFreedom, int forks) {

  /**
   * Mean, standard error and n - 1 degrees of freedom of a sample (Student's one-sample interval;
   * NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2).
   *
   * @param values one for each fork
   */
  public static Estimate of(double... values) {
    return of(values, new int[values.length]);
  }

  /**
   * The same for forks in groups that differ by design, such as server rotations met equally often:
   * the mean over all, and the variance inside groups, pooled (one-way fixed-effects analysis of
   * variance, e-Handbook 7.4.3.3: mean square within, with forks - groups degrees of freedom).
   * Differences between groups, which the design averages out, do not widen the interval. With one
   * fork in every group nothing is left inside groups; forks then count as a sample.
   *
   * @param values one for each fork
   * @param groups the group of each fork
   */
  public static Estimate of(double[] values, int[] groups) {
    check(values, groups);
    double mean = Arrays.stream(values).average().orElseThrow();
    Map<Integer, double[]> byGroup = new LinkedHashMap<>();
    for (int group : groups) {
      byGroup.computeIfAbsent(group, g -> valuesOf(values, groups, g));
    }
    int within = values.length - byGroup.size();
    if (within == 0) {
      byGroup = Map.of(0, values);
      within = values.length - 1;
    }
    if (within == 0) {
      return new Estimate(mean, Double.NaN, 0, values.length);
    }
    double squares = byGroup.values().stream().mapToDouble(Estimate::squaresAroundMean).sum();
    return new Estimate(mean, Math.sqrt(squares / within / values.length), within, values.length);
  }

  private static void check(double[] values, int[] groups) {
    if (values.length == 0 || values.length != groups.length) {
      throw new IllegalArgumentException(values.length + " values in " + groups.length + " groups");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a number to average: " + Arrays.toString(values));
      }
    }
  }

  private static double[] valuesOf(double[] values, int[] groups, int group) {
    return IntStream.range(0, values.length)
        .filter(i -> groups[i] == group)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  private static double squaresAroundMean(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  /** Two-sided t interval; absent with one fork. */
  public Optional<Interval> interval(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be between 0 and 1, was " + confidence);
    }
    if (degreesOfFreedom == 0) {
      return Optional.empty();
    }
    double half = quantile(confidence) * standardError;
    return Optional.of(new Interval(mean - half, mean + half));
  }

  private double quantile(double confidence) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
  }

  /**
   * Confidence of each of several intervals that shall hold together (Bonferroni's inequality;
   * Miller, Simultaneous Statistical Inference, 1981).
   */
  public static double simultaneous(double confidence, int intervals) {
    return 1 - (1 - confidence) / Math.max(1, intervals);
  }
}
