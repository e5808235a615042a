package org.milvustls.bench.stats;

import java.util.Arrays;

/** Moments and quantiles of a sample. */
final class Sample {
  private Sample() {}

  /** Refuses an empty sample and a value that is not finite; the message shows the value. */
  static void requireFinite(String what, double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(what + ": no value");
    }
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          what + ": not every value is a finite number: " + Arrays.toString(values));
    }
  }

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Sum of squared distances from the mean. */
  static double squares(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  /** Unbiased variance; needs two values. */
  static double variance(double[] values) {
    return squares(values) / (values.length - 1);
  }
}
