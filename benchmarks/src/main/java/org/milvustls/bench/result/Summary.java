package org.milvustls.bench.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdict;
import org.milvustls.bench.stats.Verdicts.ControlOutcome;
import org.milvustls.bench.stats.Verdicts.Gate;
import org.milvustls.bench.stats.Verdicts.PlantedOutcome;
import org.milvustls.tls.NegotiatedSession;

/**
 * {@code summary.json}: the results of a run, computed from the run folder alone.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param run id of the run
 * @param profile name of the profile
 * @param seed of all orders
 * @param started when the first try of a fork started; absent when none did
 * @param took time in all tries together
 * @param phases parts of that time in the good tries; absent when no line has them
 * @param forksPlanned number of forks in the plan
 * @param forksDone number of usable forks
 * @param confidence of the simultaneous intervals, such as 0.95 over all headline pairs together
 * @param trust whether the controls allow verdicts at all
 * @param cells every cell that was measured
 * @param comparisons in the plan's order
 * @param best the cheapest cell for each job
 * @param costs costs of a connection and of a search
 * @param unavailable cells that could not be measured, each with its reason
 * @param failures tries that failed
 * @param forks every fork of the harness's own JVM that counts, in the plan's order
 * @param jvms cells on other JVMs; empty without any
 * @param load results of open-loop load; absent without suite {@code load}
 */
public record Summary(
    int schema,
    String run,
    String profile,
    long seed,
    Optional<Instant> started,
    Duration took,
    Optional<Measurement.Phases> phases,
    int forksPlanned,
    int forksDone,
    double confidence,
    Trust trust,
    List<CellResult> cells,
    List<ComparisonResult> comparisons,
    List<Best> best,
    CostModel costs,
    List<Unavailable> unavailable,
    List<FailedTry> failures,
    List<ForkFacts> forks,
    List<JvmResult> jvms,
    Optional<LoadSummary> load) {

  /** Version of this record. Readers refuse a newer one. */
  public static final int SCHEMA = 1;

  /** Whether every planned fork is done. */
  public boolean complete() {
    return forksDone == forksPlanned;
  }

  /**
   * A ratio to the baseline, with the interval for the chart.
   *
   * @param ratio 1.02 is two percent slower than the baseline
   * @param interval with the confidence of its field; absent when the forks do not allow one
   */
  public record Ratio(double ratio, Optional<Interval> interval) {}

  /**
   * A mean over forks, in the unit of its field.
   *
   * @param mean over forks
   * @param interval 95 %, by Student's t; absent when the forks do not allow one
   */
  public record Value(double mean, Optional<Interval> interval) {
    private static final double CONFIDENCE = 0.95;

    static Value of(Estimate estimate) {
      return new Value(estimate.mean(), estimate.judgedInterval(CONFIDENCE));
    }

    /** The geometric mean, from an estimate of logarithms. */
    static Value ofLogs(Estimate logs) {
      return new Value(logs.ratio(), logs.judgedInterval(CONFIDENCE).map(Interval::exp));
    }
  }

  /**
   * The controls of a run and their outcome, on which trust rests.
   *
   * @param verdictsGiven false when the gate is closed: then every verdict is withheld
   * @param gate decision of the controls
   * @param controls A/A pairs
   * @param planted positive controls
   * @param drifting forks whose log-ratio moved between their halves
   * @param moving pairs whose forks together moved between their halves
   */
  public record Trust(
      boolean verdictsGiven,
      Gate gate,
      List<ControlResult> controls,
      List<PlantedResult> planted,
      List<DriftingFork> drifting,
      List<MovingPair> moving) {}

  /**
   * A baseline against itself.
   *
   * @param arm name of the control's arm
   * @param panel name of the panel in whose forks it was measured
   * @param baseline name of the baseline's arm
   * @param ratio of medians; its interval is simultaneous with those of the other controls
   * @param outcome what it says of the run
   * @param forks number of forks
   */
  public record ControlResult(
      String arm, String panel, String baseline, Ratio ratio, ControlOutcome outcome, int forks) {}

  /**
   * A planted delay and the measured one.
   *
   * @param arm name of the arm
   * @param panel name of the panel in whose forks it was measured
   * @param plantedNanos planted delay, in ns
   * @param measuredNanos measured delay, in ns
   * @param together interval of the measured delay, simultaneous with those of the other delays; ns
   * @param detectableNanos smallest delay that this run would detect 19 times out of 20; ns
   * @param outcome what it says of the run
   * @param forks number of forks
   */
  public record PlantedResult(
      String arm,
      String panel,
      long plantedNanos,
      Value measuredNanos,
      Optional<Interval> together,
      Optional<Double> detectableNanos,
      PlantedOutcome outcome,
      int forks) {}

  /**
   * A fork in which an arm changed against its baseline.
   *
   * @param fork index
   * @param suite panel
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param change ratio in the second half divided by that in the first
   */
  public record DriftingFork(int fork, Suite suite, String arm, String baseline, double change) {}

  /**
   * An arm that changed against its baseline from the first to the second half of its forks, all of
   * them together. Its warm-up was too short: its ratio lies between that of a cold and that of a
   * warm JVM.
   *
   * @param panel name of the panel
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param change ratio in the second half divided by that in the first; its interval is
   *     simultaneous with those of all pairs
   * @param forks number of forks
   */
  public record MovingPair(String panel, String arm, String baseline, Ratio change, int forks) {}

  /**
   * One arm against its baseline.
   *
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param ratio of medians; the intervals of all headline pairs are simultaneous, any other stands
   *     alone
   * @param confidence of that interval on its own
   * @param differenceNanos arm minus baseline
   * @param meanRatio the same ratio of means in place of medians; shows garbage collections
   * @param grounds whether the forks allow an interval
   * @param verdict result of the interval
   * @param withinMargin whether the interval lies inside the comparison's margin
   * @param forks number of forks
   */
  public record Pair(
      String arm,
      String baseline,
      Ratio ratio,
      double confidence,
      Value differenceNanos,
      Ratio meanRatio,
      Estimate.Grounds grounds,
      Verdict verdict,
      boolean withinMargin,
      int forks) {}

  /**
   * One comparison.
   *
   * @param name as in the plan
   * @param suite its suite
   * @param panel name of the panel in whose forks it was measured
   * @param question as a person would ask it
   * @param headline whether the promised precision covers it
   * @param margin for "equivalent"
   * @param baseline name of the baseline's arm
   * @param pairs each cell against the baseline
   */
  public record ComparisonResult(
      String name,
      Suite suite,
      String panel,
      String question,
      boolean headline,
      double margin,
      String baseline,
      List<Pair> pairs) {}

  /**
   * One cell on its own. Times are in ns; they are valid for this machine and this hour.
   *
   * @param arm name of the arm
   * @param suite its suite
   * @param panel name of the panel in whose forks it was measured
   * @param kind measured, control, planted or paused
   * @param medianNanos mean over forks of the median of cycle medians
   * @param meanNanos mean over forks of the mean operation
   * @param firstCallNanos first call straight after another arm
   * @param p10Nanos 10th percentile of all operations
   * @param p90Nanos 90th percentile of all operations
   * @param percentiles of all operations of all forks, from 1 to 95; higher ones need open-loop
   *     load
   * @param cycleNanos median of each cycle in order, mean over forks; the first ones are warm-up
   * @param warmupCycles number of those that are warm-up
   * @param peerNanos the peer's side of a handshake in memory
   * @param partNanos medians of the timed steps of the operation, by name, in order
   * @param cpuNanos client CPU for each operation
   * @param serverCpuNanos server CPU for each operation
   * @param allocatedBytes Java heap of the client for each operation
   * @param serverAllocatedBytes Java heap of the server for each operation in memory
   * @param nativeBytes native memory of the client for one open session in memory
   * @param wire bytes of one operation
   * @param negotiated session parameters, equal in every fork; absent in plaintext
   * @param operations in all forks together
   * @param forks number of forks
   */
  public record CellResult(
      String arm,
      Suite suite,
      String panel,
      org.milvustls.bench.scenario.Arm.Kind kind,
      Value medianNanos,
      Value meanNanos,
      Value firstCallNanos,
      double p10Nanos,
      double p90Nanos,
      List<Percentile> percentiles,
      List<Double> cycleNanos,
      int warmupCycles,
      Optional<Value> peerNanos,
      Map<String, Value> partNanos,
      Value cpuNanos,
      Optional<Value> serverCpuNanos,
      Value allocatedBytes,
      Optional<Value> serverAllocatedBytes,
      Optional<Value> nativeBytes,
      Optional<Measurement.Wire> wire,
      Optional<NegotiatedSession> negotiated,
      long operations,
      int forks) {}

  /**
   * A cell that cannot be measured here.
   *
   * @param cell its name
   * @param reason why, and the next step
   * @param failed false when it cannot exist here, true when it should work but failed
   */
  public record Unavailable(String cell, String reason, boolean failed) {}

  /**
   * A try that failed.
   *
   * @param fork index
   * @param attempt which try
   * @param suite panel
   * @param reason why
   * @param madeGood whether a later try of the fork succeeded
   */
  public record FailedTry(int fork, int attempt, Suite suite, String reason, boolean madeGood) {}

  /**
   * A point of a distribution.
   *
   * @param percent share of the operations that took this time or less
   * @param nanos time; ns
   */
  public record Percentile(double percent, double nanos) {}

  /**
   * A counted fork.
   *
   * @param fork index
   * @param attempt which try it was
   * @param suite of its panel
   * @param panel name of the panel
   * @param rotation assignment of data copies to servers
   * @param started when its JVM was started
   * @param took until its end
   * @param loadAverage 1-minute load average of the machine at its end
   * @param collections garbage collections while cycles ran
   * @param medianNanos median of the cycle medians of each arm, by name
   */
  public record ForkFacts(
      int fork,
      int attempt,
      Suite suite,
      String panel,
      int rotation,
      Instant started,
      Duration took,
      Optional<Double> loadAverage,
      Measurement.Collections collections,
      Map<String, Double> medianNanos) {}

  /**
   * A cell on another JVM, against the same cell on the JVM of the harness. Their forks alternate.
   * The interval includes the differences between two processes and is therefore wide. There is no
   * control for this comparison.
   *
   * @param arm name of the arm
   * @param suite its suite
   * @param baselineJvm version of the JVM of the harness
   * @param jvm version of the other
   * @param ratio of medians; its interval stands alone, 95 %
   * @param rounds number of rounds with both
   */
  public record JvmResult(
      String arm, Suite suite, String baselineJvm, String jvm, Ratio ratio, int rounds) {}

  /** The quantities in which cells are compared for the cheapest. */
  public enum Metric {
    /** Median time of one operation. */
    TIME,
    /** CPU of the client for one operation. */
    CLIENT_CPU,
    /** CPU of the server for one operation. */
    SERVER_CPU
  }

  /**
   * The cheapest of the cells of one panel that do the same job: same operation, mode, resumption
   * and memory of the chain.
   *
   * @param panel name of the panel
   * @param metric compared quantity
   * @param arms names of the arms
   * @param arm the arm whose intervals against all others exclude 1; absent when there is none
   * @param confidence of all pairs together
   */
  public record Best(
      String panel, Metric metric, List<String> arms, Optional<String> arm, double confidence) {}

  /**
   * The costs of operations. Multiply each by the number of operations, and add.
   *
   * @param confidence of each interval of the terms, such that a sum of all five has 95 %
   * @param settings one entry for each way to connect
   * @param heldOut predictions of cells that the terms were not made from
   */
  public record CostModel(double confidence, List<Settings> settings, List<HeldOut> heldOut) {}

  /**
   * One way to connect. A term that the run cannot estimate is absent, which differs from 0.
   *
   * @param name of a cell without its operation
   * @param connection one new connection with its first RPC, over loopback
   * @param search one small search on an open connection, over loopback
   * @param vectors extra cost of a search that returns vectors, whatever their size
   * @param kibibyte cost of each KiB on the wire of such a search beyond those of the small search
   * @param roundTrip cost of each ms of round-trip time for one new connection
   */
  public record Settings(
      String name,
      Optional<CostTerm> connection,
      Optional<CostTerm> search,
      Optional<CostTerm> vectors,
      Optional<CostTerm> kibibyte,
      Optional<CostTerm> roundTrip) {}

  /**
   * A term of the cost model: the cost of one unit.
   *
   * @param arms its sources: one arm, or the two ends of a line
   * @param latencyNanos median time
   * @param clientCpuNanos CPU of the client
   * @param serverCpuNanos CPU of the server, where readable
   */
  public record CostTerm(
      List<String> arms,
      Value latencyNanos,
      Value clientCpuNanos,
      Optional<Value> serverCpuNanos) {}

  /**
   * A cell that was predicted from others.
   *
   * @param arm the cell that was left out
   * @param metric predicted quantity
   * @param from the cells that it was predicted from
   * @param predictedNanos by adding costs
   * @param measuredNanos mean over forks
   * @param errorNanos measured minus predicted; its interval stands alone
   */
  public record HeldOut(
      String arm,
      Metric metric,
      List<String> from,
      double predictedNanos,
      double measuredNanos,
      Value errorNanos) {
    /**
     * Error of the prediction as a share of the measured value; above 0: the prediction is too low.
     */
    public double miss() {
      return errorNanos.mean() / measuredNanos;
    }
  }
}
