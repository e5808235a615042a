package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers between two ends, few enough to be read. */
final class Ticks {
  private static final double[][] MANTISSAS = {
    {1, 1.5, 2, 3, 4, 5, 7}, {1, 2, 3, 5}, {1, 2, 5}, {1, 3}, {1}
  };

  /** Below this factor a logarithmic axis has the ticks of a linear one. */
  private static final double NARROW = 1.8;

  private Ticks() {}

  /** Multiples of 1, 2 or 5 times a power of ten. */
  static List<Double> linear(double low, double high, int most) {
    double step = step((high - low) / most);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    double mantissa = least / decade;
    return decade * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }

  /** Round numbers of each power of ten; both ends above 0. */
  static List<Double> logarithmic(double low, double high, int most) {
    if (high / low < NARROW) {
      return linear(low, high, most);
    }
    List<Double> ticks = List.of();
    for (double[] mantissas : MANTISSAS) {
      ticks = decades(low, high, mantissas);
      if (ticks.size() <= most) {
        return ticks;
      }
    }
    return ticks;
  }

  private static List<Double> decades(double low, double high, double[] mantissas) {
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(high));
    for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= last; exponent++) {
      for (double mantissa : mantissas) {
        double tick = mantissa * Math.pow(10, exponent);
        if (low <= tick && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A tick without needless digits. */
  static String words(double tick) {
    return String.format(Locale.ROOT, "%.6f", tick).replaceAll("\\.?0+$", "");
  }
}
