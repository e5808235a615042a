package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A logarithmic scale of ratios, so that half and double are equally far from 1, laid over a range
 * of pixels.
 */
final class RatioScale implements Scale {
  /** What lies beyond is drawn at the edge; its numbers stand beside it. */
  private static final double FARTHEST = 50;

  private static final double ROOM = 1.04;
  private static final int MOST_TICKS = 10;
  private static final double[][] MANTISSAS = {
    {1, 1.5, 2, 3, 4, 5, 7}, {1, 2, 3, 5}, {1, 2, 5}, {1, 3}
  };
  private static final double[] STEPS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2};

  private final double low;
  private final double high;
  private final double left;
  private final double right;

  /**
   * A scale that holds some ratios and 0.95 to 1.05.
   *
   * @param left pixel of its lower end
   * @param right pixel of its upper end
   */
  RatioScale(double[] ratios, double left, double right) {
    this.low =
        Math.max(1 / FARTHEST, Math.min(0.95, DoubleStream.of(ratios).min().orElse(1))) / ROOM;
    this.high = Math.min(FARTHEST, Math.max(1.05, DoubleStream.of(ratios).max().orElse(1))) * ROOM;
    this.left = left;
    this.right = right;
  }

  @Override
  public double x(double ratio) {
    double inside = Math.max(low, Math.min(high, ratio));
    return left + (right - left) * Math.log(inside / low) / Math.log(high / low);
  }

  /** 1 is always one of them. */
  @Override
  public List<Double> ticks() {
    if (high / low < 1.8) {
      for (double step : STEPS) {
        List<Double> ticks = multiples(step);
        if (ticks.size() <= MOST_TICKS) {
          return ticks;
        }
      }
    }
    for (double[] mantissas : MANTISSAS) {
      List<Double> ticks = decades(mantissas);
      if (ticks.size() <= MOST_TICKS) {
        return ticks;
      }
    }
    return decades(1);
  }

  private List<Double> multiples(double step) {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private List<Double> decades(double... mantissas) {
    List<Double> ticks = new ArrayList<>();
    for (int exponent = -3; exponent <= 2; exponent++) {
      for (double mantissa : mantissas) {
        double tick = mantissa * Math.pow(10, exponent);
        if (low <= tick && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  @Override
  public String words(double tick) {
    String text = String.format(Locale.ROOT, "%.3f", tick);
    return text.replaceAll("\\.?0+$", "");
  }

  @Override
  public double reference() {
    return 1;
  }
}
