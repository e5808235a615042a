package org.milvustls.bench.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.tls.NegotiatedSession;

/**
 * What suite {@code load} allows to say.
 *
 * @param boundNanos what p99 may be; ns
 * @param processes client processes that shared each rate
 * @param forks how many stand behind it
 * @param overheadP50Nanos how late an operation that does nothing is started, median; ns
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
   * @param relation what is known of the throughput
   * @param throughput calls per second with p99 within the bound, mean over forks; with an interval
   *     only when every fork found it exactly
   * @param ratio to the baseline's throughput, fork by fork; above 1 is more; its interval holds
   *     alone, 95 %
   * @param points rates that were held, rising
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
   * @param forks that held it
   * @param answeredRate answers per second, mean over forks
   * @param calls that count
   * @param p50Nanos median latency of all of them, from the scheduled time; ns
   * @param p90Nanos 90th percentile
   * @param p99Nanos 99th percentile, geometric mean over forks
   * @param maxNanos longest
   * @param lagP99Nanos how late calls went out, 99th percentile
   * @param clientCores CPU of the client
   * @param serverCores CPU of the server, where readable
   * @param limits whose limit was met, and in how many forks
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
