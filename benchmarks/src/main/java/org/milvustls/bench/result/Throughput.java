package org.milvustls.bench.result;

import java.util.List;
import org.milvustls.bench.stats.Isotonic;

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
   * Where a bound is passed, by the curve of the logarithm of latency that rises with the rate and
   * is nearest to the points (isotonic regression): a rate that was lucky counts no more than one
   * that was not. Between two rates the curve is straight. Rates that only the client could not
   * hold say nothing about the server and are left out; with no other, it is at least 0.
   *
   * @param all with rising rates
   */
  public static Throughput at(double boundNanos, List<Point> all) {
    List<Point> points = all.stream().filter(point -> point.limit() != Saturation.CLIENT).toList();
    if (points.isEmpty()) {
      return new Throughput(Relation.AT_LEAST, 0);
    }
    double bound = Math.log(boundNanos);
    double[] curve =
        Isotonic.rising(points.stream().mapToDouble(p -> Math.log(p.nanos())).toArray());
    int beyond = 0;
    while (beyond < curve.length && curve[beyond] <= bound) {
      beyond++;
    }
    if (beyond == 0) {
      return new Throughput(Relation.AT_MOST, points.get(0).rate());
    }
    double below = points.get(beyond - 1).rate();
    if (beyond == curve.length) {
      return new Throughput(Relation.AT_LEAST, below);
    }
    double share = (bound - curve[beyond - 1]) / (curve[beyond] - curve[beyond - 1]);
    return new Throughput(Relation.EXACT, below + share * (points.get(beyond).rate() - below));
  }
}
