package org.milvustls.bench.report;

import java.util.List;
import java.util.stream.DoubleStream;

/** A logarithmic scale of ratios: half and double have the same distance from 1. */
final class RatioScale implements Scale {
  /** A larger ratio is drawn at the edge; its numbers stand beside it. */
  private static final double FARTHEST = 50;

  private static final double ROOM = 1.04;
  private static final int MOST_TICKS = 10;

  private final double low;
  private final double high;
  private final double left;
  private final double right;

  /**
   * A scale that includes these ratios and 0.95 to 1.05.
   *
   * @param left pixel of its lower end
   * @param right pixel of its upper end
   */
  RatioScale(double[] ratios, double left, double right) {
    double least = Math.min(0.95, DoubleStream.of(ratios).min().orElse(1));
    double most = Math.max(1.05, DoubleStream.of(ratios).max().orElse(1));
    this.low = Math.max(1 / FARTHEST, least) / ROOM;
    this.high = Math.min(FARTHEST, most) * ROOM;
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
    return Ticks.logarithmic(low, high, MOST_TICKS);
  }

  @Override
  public double reference() {
    return 1;
  }
}
