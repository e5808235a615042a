package org.milvustls.bench.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdict;
import org.milvustls.tls.NegotiatedSession;

/**
 * {@code summary.json}: what the measurements allow to say. Computed from the run folder alone.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param run id of the run
 * @param profile name of the profile
 * @param seed of all orders
 * @param started when the first fork started
 * @param took from the first fork to the end of the last
 * @param complete whether every planned fork is there
 * @param confidence of the simultaneous intervals, such as 0.95 over all headline pairs together
 * @param trust whether the controls allow verdicts at all
 * @param cells every cell that was measured
 * @param comparisons in the plan's order
 * @param unavailable cells that could not be measured, each with its reason
 * @param failures tries that failed
 */
public record Summary(
    int schema,
    String run,
    String profile,
    long seed,
    Instant started,
    Duration took,
    boolean complete,
    double confidence,
    Trust trust,
    List<CellResult> cells,
    List<ComparisonResult> comparisons,
    List<Unavailable> unavailable,
    List<FailedTry> failures) {

  /** Version of this record. */
  public static final int SCHEMA = 1;

  /**
   * A ratio to the baseline with the interval that is drawn.
   *
   * @param ratio 1.02 is two percent slower than the baseline
   * @param interval of the confidence that its field says; absent with fewer than two forks
   */
  public record Ratio(double ratio, Optional<Interval> interval) {}

  /**
   * A mean over forks, in the unit of its field.
   *
   * @param mean over forks
   * @param interval 95 %, by Student's t; absent with fewer than two forks
   */
  public record Value(double mean, Optional<Interval> interval) {}

  /**
   * Whether the run can be trusted.
   *
   * @param verdictsGiven false when the controls failed and the verdicts are withheld
   * @param reason in one sentence
   * @param controls A/A pairs
   * @param planted positive controls
   * @param drifting forks whose log-ratio moved between their halves: "fork 3, arm ..."
   */
  public record Trust(
      boolean verdictsGiven,
      String reason,
      List<Pair> controls,
      List<PlantedResult> planted,
      List<String> drifting) {}

  /**
   * A known delay and what the run says of it.
   *
   * @param arm name of the arm
   * @param plantedNanos what was planted, in ns
   * @param measuredNanos what was found, in ns
   * @param found whether the interval holds the planted delay and excludes 0
   */
  public record PlantedResult(String arm, long plantedNanos, Value measuredNanos, boolean found) {}

  /**
   * One arm against its baseline.
   *
   * @param arm name of the arm
   * @param baseline name of the baseline's arm
   * @param ratio of medians; a headline pair's interval holds together with those of all headline
   *     pairs, any other's alone
   * @param differenceNanos arm minus baseline
   * @param meanRatio the same ratio made of means in place of medians; shows collections
   * @param verdict what the interval allows to say
   * @param forks how many forks stand behind it
   */
  public record Pair(
      String arm,
      String baseline,
      Ratio ratio,
      Value differenceNanos,
      Ratio meanRatio,
      Verdict verdict,
      int forks) {}

  /**
   * One comparison.
   *
   * @param name as in the plan
   * @param suite where it belongs
   * @param question as a person would ask it
   * @param headline whether the promised precision binds it
   * @param margin for "equivalent"
   * @param baseline name of the baseline's arm
   * @param pairs each cell against the baseline
   */
  public record ComparisonResult(
      String name,
      Suite suite,
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
   * @param kind measured, control or planted
   * @param medianNanos mean over forks of the median of cycle medians
   * @param meanNanos mean over forks of the mean operation
   * @param firstCallNanos first call straight after another arm
   * @param p10Nanos 10th percentile of all operations
   * @param p90Nanos 90th percentile of all operations
   * @param peerNanos the peer's side of a handshake in memory
   * @param cpuNanos client CPU for each operation
   * @param serverCpuNanos server CPU for each operation
   * @param allocatedBytes Java heap for each operation
   * @param wire bytes of one operation
   * @param negotiated what every fork saw; absent in plaintext
   * @param operations in all forks together
   * @param forks how many
   */
  public record CellResult(
      String arm,
      Suite suite,
      org.milvustls.bench.scenario.Arm.Kind kind,
      Value medianNanos,
      Value meanNanos,
      Value firstCallNanos,
      double p10Nanos,
      double p90Nanos,
      Optional<Value> peerNanos,
      Value cpuNanos,
      Optional<Value> serverCpuNanos,
      Value allocatedBytes,
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
}
