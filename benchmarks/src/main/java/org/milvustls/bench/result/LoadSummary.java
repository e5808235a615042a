package org.milvustls.bench.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.tls.NegotiatedSession;

/**
 * The results of suite {@code load}.
 *
 * @param boundNanos upper bound for p99; ns
 * @param processes client processes that shared each rate
 * @param forks number of forks
 * @param overheadP50Nanos delay of an operation that does nothing, median; ns
 * @param overheadP99Nanos the same, 99th percentile
 * @param arms the baseline first
 */
public record LoadSummary(
    long boundNanos,
    int processes,
    int forks,
    long overheadP50Nanos,
    long overheadP99Nanos,
    List<ArmResult> arms) {

  /**
   * One arm.
   *
   * @param arm its name
   * @param kind measured or control
   * @param relation whether the throughput is exact or a bound
   * @param throughput calls per second with p99 within the bound, mean over forks; with an interval
   *     only when it is exact in every fork
   * @param ratio to the baseline's throughput, fork by fork; above 1 is more; its interval stands
   *     alone, 95 %
   * @param points rates in rising order
   * @param negotiated what was seen; absent in plaintext
   */
  public record ArmResult(
      String arm,
      Arm.Kind kind,
      Throughput.Relation relation,
      Value throughput,
      Optional<Ratio> ratio,
      List<RatePoint> points,
      Optional<NegotiatedSession> negotiated) {}

  /**
   * One rate, all forks together.
   *
   * @param rate calls per second
   * @param forks number of forks that ran it
   * @param answeredRate answers per second, mean over forks
   * @param calls number of counted calls
   * @param p50Nanos median latency of all of them, from the scheduled time; ns
   * @param p90Nanos 90th percentile
   * @param p99Nanos 99th percentile, geometric mean over forks
   * @param maxNanos longest
   * @param lagP99Nanos delay of calls after their scheduled time, 99th percentile
   * @param clientCores CPU of the client
   * @param serverCores CPU of the server, where readable
   * @param limits which side saturated, and in how many forks
   * @param stopped why sending ended early in a fork, if it did
   */
  public record RatePoint(
      double rate,
      int forks,
      double answeredRate,
      long calls,
      long p50Nanos,
      long p90Nanos,
      Value p99Nanos,
      long maxNanos,
      long lagP99Nanos,
      double clientCores,
      Optional<Double> serverCores,
      Map<Saturation, Integer> limits,
      Optional<String> stopped) {}
}
