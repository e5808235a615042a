package org.milvustls.bench.result;

import java.util.List;
import org.milvustls.bench.stats.Isotonic;

/**
 * The rate of calls per second at which the latency of an arm passes a bound.
 *
 * @param relation whether the rate is exact or a bound
 * @param rate calls per second
 */
public record Throughput(Relation relation, double rate) {

  /** The relation of the true throughput to the stated rate. */
  public enum Relation {
    /** The rate lies between two rates of the grid, one within the bound and one beyond. */
    EXACT,
    /** No higher rate passed the bound because of the server. */
    AT_LEAST,
    /** The lowest rate already passed the bound. */
    AT_MOST,
    /** Some forks have only a lower bound and others only an upper one. */
    UNKNOWN
  }

  /**
   * One rate of the grid.
   *
   * @param rate calls per second
   * @param nanos latency at the percentile of the bound
   * @param limit side that saturated
   */
  public record Point(double rate, double nanos, Saturation limit) {}

  /**
   * Finds the rate at which latency passes a bound. Fits the logarithm of latency with the rising
   * curve that is nearest to the points (isotonic regression), so that one lucky rate does not
   * decide. Between two rates the curve is straight. Rates at which only the client saturated say
   * nothing about the server and are left out. Without any other rate, the result is at least 0.
   *
   * @param all points with rising rates
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
