package org.milvustls.bench.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Drift of a fork's log-ratio between its halves. A fork that drifts was not warm, or something
 * changed while it ran. The report marks and shows it; it is not dropped.
 *
 * @param change mean of the second half minus mean of the first, as a log-ratio
 * @param standardError of the change, from the cycles inside each half
 * @param flagged whether the change is larger than in one of a thousand forks without drift
 */
public record Drift(double change, double standardError, boolean flagged) {
  /** A run tests about a hundred forks and arms. A higher level would flag some in every run. */
  private static final double LEVEL = 0.001;

  /** With fewer cycles in a half, their scatter cannot be estimated. */
  private static final int FEWEST = 6;

  /** In so short a series, a stronger correlation cannot be distinguished from drift. */
  private static final double STRONGEST = 0.8;

  /**
   * Welch's test (Biometrika 34, 1947) of two halves of one series. The scatter of each half is
   * measured around its own straight line, so that drift does not count as scatter. The standard
   * error uses the effective number of cycles, n (1 - r) / (1 + r), because neighbours correlate by
   * r (Bayley and Hammersley, J. R. Stat. Soc. Suppl. 8, 1946). r is the lag-1 correlation around
   * the lines, corrected for its bias in short series (Marriott and Pope, Biometrika 41, 1954;
   * twice their correction, (2 + 4 r) / n, for a line in place of a mean). The degrees of freedom
   * follow from the effective numbers of both halves together.
   */
  static Drift between(double[] first, double[] second) {
    if (first.length < FEWEST) {
      return new Drift(0, 0, false);
    }
    double[] firstRest = aroundLine(first);
    double[] secondRest = aroundLine(second);
    double correlation = correlation(firstRest, secondRest);
    double effective = first.length * (1 - correlation) / (1 + correlation);
    double squares = squares(firstRest) + squares(secondRest);
    double change = Sample.mean(second) - Sample.mean(first);
    double standardError = Math.sqrt(squares / (first.length - 2) / effective);
    double degrees = Math.max(2, 2 * effective - 4);
    double limit = TDistribution.of(degrees).inverseSurvivalProbability(LEVEL / 2);
    return new Drift(change, standardError, Math.abs(change) > limit * standardError);
  }

  /** Residuals of a half around its least-squares line. */
  private static double[] aroundLine(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double mean = Sample.mean(values);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      products += (i - middle) * (values[i] - mean);
      squares += (i - middle) * (i - middle);
    }
    double[] rest = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rest[i] = values[i] - mean - products / squares * (i - middle);
    }
    return rest;
  }

  /** Lag-1 correlation inside the halves, from 0 to {@link #STRONGEST}. */
  private static double correlation(double[] first, double[] second) {
    double squares = squares(first) + squares(second);
    if (squares == 0) {
      return 0;
    }
    double raw = (neighbours(first) + neighbours(second)) / squares;
    double corrected = raw + (2 + 4 * raw) / first.length;
    return Math.min(STRONGEST, Math.max(0, corrected));
  }

  private static double squares(double[] rest) {
    return Arrays.stream(rest).map(value -> value * value).sum();
  }

  private static double neighbours(double[] rest) {
    double sum = 0;
    for (int i = 1; i < rest.length; i++) {
      sum += rest[i] * rest[i - 1];
    }
    return sum;
  }
}
