package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear scale of milliseconds that begins at 0, so that lengths can be compared. */
final class TimeScale implements Scale {
  private static final double ROOM = 1.04;
  private static final int MOST_TICKS = 9;

  private final double high;
  private final double left;
  private final double right;

  /**
   * A scale that holds some times.
   *
   * @param largest largest time; ms
   * @param left pixel of 0
   * @param right pixel of its upper end
   */
  TimeScale(double largest, double left, double right) {
    this.high = Math.max(largest, 1e-6) * ROOM;
    this.left = left;
    this.right = right;
  }

  @Override
  public double x(double value) {
    return left + (right - left) * Math.max(0, Math.min(high, value)) / high;
  }

  @Override
  public List<Double> ticks() {
    double step = step(high / MOST_TICKS);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The next of 1, 2, 5 times a power of ten. */
  private static double step(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    double mantissa = least / decade;
    return decade * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }

  @Override
  public String words(double tick) {
    String text = String.format(Locale.ROOT, "%.6f", tick);
    return text.replaceAll("\\.?0+$", "");
  }

  @Override
  public double reference() {
    return 0;
  }
}
