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
 * {@code summary.json}: what the measurements allow to say. Computed from the run folder alone.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param run id of the run
 * @param profile name of the profile
 * @param seed of all orders
 * @param started when the first try of a fork started; absent when none did
 * @param took time in all tries together
 * @param phases what the good tries spent that time on; absent when no line says it
 * @param forksPlanned how many the plan has
 * @param forksDone how many of them can be used
 * @param confidence of the simultaneous intervals, such as 0.95 over all headline pairs together
 * @param trust whether the controls allow verdicts at all
 * @param cells every cell that was measured
 * @param comparisons in the plan's order
 * @param best which cell is cheapest at each job
 * @param costs what a connection and a search cost
 * @param unavailable cells that could not be measured, each with its reason
 * @param failures tries that failed
 * @param forks every fork of the harness's own JVM that counts, in the plan's order
 * @param jvms cells on other JVMs; empty when there were none
 * @param load the open loop; absent when it took no part
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

  /** Whether every planned fork is there. */
  public boolean complete() {
    return forksDone == forksPlanned;
  }

  /**
   * A ratio to the baseline with the interval that is drawn.
   *
   * @param ratio 1.02 is two percent slower than the baseline
   * @param interval of the confidence that its field says; absent when the forks are no ground for
   *     one
   */
  public record Ratio(double ratio, Optional<Interval> interval) {}

  /**
   * A mean over forks, in the unit of its field.
   *
   * @param mean over forks
   * @param interval 95 %, by Student's t; absent when the forks are no ground for one
   */
  public record Value(double mean, Optional<Interval> interval) {
    private static final double CONFIDENCE = 0.95;

    static Value of(Estimate estimate) {
      return new Value(estimate.mean(), estimate.judgedInterval(CONFIDENCE));
    }

    /** The geometric mean, of an estimate that was made of logarithms. */
    static Value ofLogs(Estimate logs) {
      return new Value(logs.ratio(), logs.judgedInterval(CONFIDENCE).map(Interval::exp));
    }
  }

  /**
   * Whether the run can be trusted.
   *
   * @param verdictsGiven false when the gate is closed: then every verdict is withheld
   * @param gate what the controls let through
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
   * @param ratio of medians; its interval holds together with those of the other controls
   * @param outcome what it says of the run
   * @param forks how many forks stand behind it
   */
  public record ControlResult(
      String arm, String panel, String baseline, Ratio ratio, ControlOutcome outcome, int forks) {}

  /**
   * A known delay and what the run says of it.
   *
   * @param arm name of the arm
   * @param panel name of the panel in whose forks it was measured
   * @param plantedNanos what was planted, in ns
   * @param measuredNanos what was found, in ns
   * @param together interval of what was found that holds together with those of the other delays;
   *     ns
   * @param detectableNanos a delay that this run would have told from nothing 19 times out of 20;
   *     ns
   * @param outcome what it says of the run
   * @param forks how many forks stand behind it
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
   * them together: warm-up was too short for it, and its ratio lies between that of a cold and that
   * of a warm JVM.
   *
   * @param panel name of the panel
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param change ratio in the second half divided by that in the first; its interval holds
   *     together with those of all pairs
   * @param forks how many stand behind it
   */
  public record MovingPair(String panel, String arm, String baseline, Ratio change, int forks) {}

  /**
   * One arm against its baseline.
   *
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param ratio of medians; a headline pair's interval holds together with those of all headline
   *     pairs, any other's alone
   * @param confidence of that interval on its own
   * @param differenceNanos arm minus baseline
   * @param meanRatio the same ratio made of means in place of medians; shows collections
   * @param grounds whether the forks allow an interval
   * @param verdict what the interval allows to say
   * @param withinMargin whether the interval lies inside the comparison's margin
   * @param forks how many forks stand behind it
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
   * @param suite where it belongs
   * @param panel name of the panel in whose forks it was measured
   * @param question as a person would ask it
   * @param headline whether the promised precision binds it
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
   * One cell on its own. Times in ns; they hold for this machine and this hour.
   *
   * @param arm name of the arm
   * @param suite where it belongs
   * @param panel name of the panel in whose forks it was measured
   * @param kind measured, control, planted or paused
   * @param medianNanos mean over forks of the median of cycle medians
   * @param meanNanos mean over forks of the mean operation
   * @param firstCallNanos first call straight after another arm
   * @param p10Nanos 10th percentile of all operations
   * @param p90Nanos 90th percentile of all operations
   * @param percentiles of all operations of all forks, from 1 to 95: what lies above needs runs in
   *     an open loop
   * @param cycleNanos median of each cycle in order, mean over forks; the first ones are warm-up
   * @param warmupCycles so many of them
   * @param peerNanos the peer's side of a handshake in memory
   * @param partNanos medians of the steps that the operation is timed in, by their names, in order
   * @param cpuNanos client CPU for each operation
   * @param serverCpuNanos server CPU for each operation
   * @param allocatedBytes Java heap of the client for each operation
   * @param serverAllocatedBytes Java heap of the server for each operation in memory
   * @param nativeBytes native memory that the client holds for one open session in memory
   * @param wire bytes of one operation
   * @param negotiated what every fork saw; absent in plaintext
   * @param operations in all forks together
   * @param forks how many
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
   * @param reason why, and what would help
   * @param failed false when it cannot exist here, true when it should work and did not
   */
  public record Unavailable(String cell, String reason, boolean failed) {}

  /**
   * A try that failed.
   *
   * @param fork index
   * @param attempt which try
   * @param suite panel
   * @param reason why
   * @param madeGood whether a later try succeeded
   */
  public record FailedTry(int fork, int attempt, Suite suite, String reason, boolean madeGood) {}

  /**
   * A point of a distribution.
   *
   * @param percent share of the operations that took no longer
   * @param nanos how long; ns
   */
  public record Percentile(double percent, double nanos) {}

  /**
   * A fork that counts.
   *
   * @param fork index
   * @param attempt which try it was
   * @param suite of its panel
   * @param panel name of the panel
   * @param rotation which server had which copy of the data
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
   * A cell on another JVM, against the same cell on the JVM of the harness. Their forks alternate;
   * what differs between two processes is in the interval, which is therefore wide, and no control
   * stands beside it.
   *
   * @param arm name of the arm
   * @param suite where it belongs
   * @param baselineJvm version of the JVM of the harness
   * @param jvm version of the other
   * @param ratio of medians; its interval holds alone, 95 %
   * @param rounds in how many both were measured
   */
  public record JvmResult(
      String arm, Suite suite, String baselineJvm, String jvm, Ratio ratio, int rounds) {}

  /** What can be cheap. */
  public enum Metric {
    /** Median time of one operation. */
    TIME,
    /** CPU of the client for one operation. */
    CLIENT_CPU,
    /** CPU of the server for one operation. */
    SERVER_CPU
  }

  /**
   * The cheapest of the cells of one panel that do one job: same operation, mode, resumption and
   * memory of the chain.
   *
   * @param panel name of the panel
   * @param metric what was compared
   * @param arms names of the arms
   * @param arm the one whose intervals against all others exclude 1; absent when none is separated
   *     from all others
   * @param confidence of all pairs together
   */
  public record Best(
      String panel, Metric metric, List<String> arms, Optional<String> arm, double confidence) {}

  /**
   * What operations cost, to be multiplied by how often they happen and added.
   *
   * @param confidence of each interval of the terms, such that a sum of all five has 95 %
   * @param settings what was measured
   * @param heldOut predictions of cells that the terms were not made from
   */
  public record CostModel(double confidence, List<Settings> settings, List<HeldOut> heldOut) {}

  /**
   * One way to connect. A term that the run cannot support is absent, which is not the same as 0.
   *
   * @param name of a cell without its operation
   * @param connection one new connection with its first RPC, over loopback
   * @param search one small search on an open connection, over loopback
   * @param vectors what a search that returns vectors costs more, whatever their size
   * @param kibibyte each KiB on the wire of such a search beyond those of the small search
   * @param roundTrip each ms of round-trip time of one new connection
   */
  public record Settings(
      String name,
      Optional<CostTerm> connection,
      Optional<CostTerm> search,
      Optional<CostTerm> vectors,
      Optional<CostTerm> kibibyte,
      Optional<CostTerm> roundTrip) {}

  /**
   * Cost of one unit of something.
   *
   * @param arms what it was made from: one arm, or the two ends of a line
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
   * @param metric what was predicted
   * @param from the cells that it was predicted from
   * @param predictedNanos by adding costs
   * @param measuredNanos mean over forks
   * @param errorNanos measured minus predicted; its interval holds alone
   */
  public record HeldOut(
      String arm,
      Metric metric,
      List<String> from,
      double predictedNanos,
      double measuredNanos,
      Value errorNanos) {
    /** What the prediction misses, as a share of what was measured; above 0: it was too low. */
    public double miss() {
      return errorNanos.mean() / measuredNanos;
    }
  }
}
