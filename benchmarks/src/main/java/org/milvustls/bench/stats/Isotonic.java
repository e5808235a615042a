package org.milvustls.bench.stats;

/**
 * Isotonic regression: the never-falling curve that is nearest to the values by least squares (pool
 * adjacent violators; R. E. Barlow et al., "Statistical Inference under Order Restrictions").
 */
public final class Isotonic {
  private Isotonic() {}

  /**
   * The nearest values that do not fall, all of the same weight.
   *
   * @param values in the order in which they should rise
   */
  public static double[] rising(double[] values) {
    double[] sums = new double[values.length];
    int[] sizes = new int[values.length];
    int blocks = 0;
    for (double value : values) {
      sums[blocks] = value;
      sizes[blocks] = 1;
      while (blocks > 0 && sums[blocks - 1] / sizes[blocks - 1] > sums[blocks] / sizes[blocks]) {
        sums[blocks - 1] += sums[blocks];
        sizes[blocks - 1] += sizes[blocks];
        blocks--;
      }
      blocks++;
    }
    double[] rising = new double[values.length];
    int next = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < sizes[block]; i++) {
        rising[next++] = sums[block] / sizes[block];
      }
    }
    return rising;
  }
}
