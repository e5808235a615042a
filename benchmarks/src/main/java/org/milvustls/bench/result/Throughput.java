package org.milvustls.bench.result;

import java.util.List;

/**
 * How many calls per second an arm can be sent before its latency passes a bound.
 *
 * @param relation what is known of it
 * @param rate calls per second
 */
public record Throughput(Relation relation, double rate) {

  /** What is known of a throughput. */
  public enum Relation {
    /** Between two rates of the grid, one within the bound and one beyond. */
    EXACT,
    /** No higher rate was beyond the bound by the server's doing. */
    AT_LEAST,
    /** The lowest rate was beyond the bound already. */
    AT_MOST,
    /** Of several forks: one knows no more than the first bound, another than the second. */
    UNKNOWN
  }

  /**
   * One rate of the grid.
   *
   * @param rate calls per second
   * @param nanos the percentile that the bound binds
   * @param limit whose limit was met
   */
  public record Point(double rate, double nanos, Saturation limit) {}

  /**
   * Where a bound is passed: between the highest rate within the bound and the next one, on a
   * straight line of the logarithm of latency over rate. A spike at a lower rate, as when the
   * machine paused, therefore does not count. A next rate that only the client could not hold says
   * nothing about the server.
   *
   * @param points with rising rates; at least one
   */
  public static Throughput at(double boundNanos, List<Point> points) {
    int within = points.size() - 1;
    while (within >= 0 && points.get(within).nanos() > boundNanos) {
      within--;
    }
    if (within < 0) {
      return new Throughput(Relation.AT_MOST, points.get(0).rate());
    }
    Point below = points.get(within);
    if (within == points.size() - 1) {
      return new Throughput(Relation.AT_LEAST, below.rate());
    }
    Point above = points.get(within + 1);
    if (above.limit() == Saturation.CLIENT) {
      return new Throughput(Relation.AT_LEAST, below.rate());
    }
    double share = Math.log(boundNanos / below.nanos()) / Math.log(above.nanos() / below.nanos());
    return new Throughput(Relation.EXACT, below.rate() + share * (above.rate() - below.rate()));
  }
}
