package org.milvustls.bench.report;

import java.util.List;

/** A linear scale of milliseconds from 0, so that lengths are comparable. */
final class TimeScale implements Scale {
  private static final double ROOM = 1.04;
  private static final int MOST_TICKS = 9;

  private final double high;
  private final double left;
  private final double right;

  /**
   * A scale that includes all times.
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
    return Ticks.linear(0, high, MOST_TICKS);
  }

  @Override
  public double reference() {
    return 0;
  }
}
