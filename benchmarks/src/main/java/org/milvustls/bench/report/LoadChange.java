package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.report.RunComparison.Outcome;
import org.milvustls.bench.result.LoadSummary;
import org.milvustls.bench.result.LoadSummary.ArmResult;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.stats.Interval;

/**
 * One arm of suite {@code load} in both runs: its throughput at the latency bound, as a ratio to
 * the baseline of its own run. More is better, unlike times.
 *
 * @param arm label of the arm
 * @param baseline label of the baseline
 * @param before ratio of throughputs in the first run
 * @param after the same in the second
 * @param change after / before; 0.9 is ten percent fewer calls relative to the baseline
 * @param interval of the change; absent when a fork of a run has only a bound
 * @param outcome result of the interval
 * @param throughput of the arm in both runs
 * @param baselineThroughput of the baseline in both runs
 */
public record LoadChange(
    String arm,
    String baseline,
    Ratio before,
    Ratio after,
    double change,
    Optional<Interval> interval,
    Outcome outcome,
    Throughputs throughput,
    Throughputs baselineThroughput) {

  /** Calls per second within the bound, in the first run and in the second. */
  public record Throughputs(Value before, Value after) {}

  /**
   * The arms that have a ratio in both runs; none where a run has no suite {@code load} or the
   * latency bounds differ.
   *
   * @param verdicts whether the controls of both runs allow them
   */
  static List<LoadChange> between(
      RunReport old, RunReport now, double threshold, boolean verdicts) {
    List<LoadChange> changes = new ArrayList<>();
    if (!comparable(old, now)) {
      return changes;
    }
    List<ArmResult> was = old.summary().load().map(LoadSummary::arms).orElse(List.of());
    List<ArmResult> is = now.summary().load().map(LoadSummary::arms).orElse(List.of());
    for (ArmResult arm : is) {
      Optional<ArmResult> match = was.stream().filter(a -> a.arm().equals(arm.arm())).findFirst();
      if (arm.kind() == Arm.Kind.MEASURED
          && arm.ratio().isPresent()
          && match.flatMap(ArmResult::ratio).isPresent()) {
        Ratio before = match.get().ratio().get();
        Ratio after = arm.ratio().get();
        Optional<Interval> interval = quotient(before, after);
        changes.add(
            new LoadChange(
                now.labels().of(arm.arm()),
                now.labels().of(is.get(0).arm()),
                before,
                after,
                after.ratio() / before.ratio(),
                interval,
                interval
                    .filter(i -> verdicts)
                    .map(i -> RunComparison.outcome(fewer(i), threshold))
                    .orElse(Outcome.NO_VERDICT),
                new Throughputs(match.get().throughput(), arm.throughput()),
                new Throughputs(was.get(0).throughput(), is.get(0).throughput())));
      }
    }
    return List.copyOf(changes);
  }

  /** Reasons against a comparison of the throughputs of two runs, and caveats; may be empty. */
  static List<String> notes(RunReport old, RunReport now) {
    Optional<LoadSummary> was = old.summary().load();
    Optional<LoadSummary> is = now.summary().load();
    if (was.isEmpty() && is.isEmpty()) {
      return List.of();
    }
    if (was.isEmpty() || is.isEmpty()) {
      return List.of("Throughput is not compared: only one of the runs has suite load.");
    }
    if (!comparable(old, now)) {
      return List.of(
          "Throughput is not compared: p99 was to be below "
              + bound(was.get())
              + " in the first run and below "
              + bound(is.get())
              + " in the second.");
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "Throughput of suite load is that with p99 below "
            + bound(is.get())
            + "; above 1 is more searches per second, and its intervals hold alone.");
    if (was.get().processes() != is.get().processes()) {
      notes.add(
          "Suite load had "
              + Numbers.count(was.get().processes(), "client process", "client processes")
              + " in the first run and "
              + is.get().processes()
              + " in the second.");
    }
    return notes;
  }

  private static boolean comparable(RunReport old, RunReport now) {
    return old.summary().load().map(LoadSummary::boundNanos).isPresent()
        && old.summary()
            .load()
            .map(LoadSummary::boundNanos)
            .equals(now.summary().load().map(LoadSummary::boundNanos));
  }

  private static String bound(LoadSummary load) {
    return Numbers.plain(load.boundNanos() / 1e6) + " ms";
  }

  private static Optional<Interval> quotient(Ratio before, Ratio after) {
    return before
        .interval()
        .flatMap(
            old ->
                after
                    .interval()
                    .map(now -> RunComparison.quotient(before.ratio(), old, after.ratio(), now)));
  }

  /** The change of time per call; a rise is a regression. */
  private static Interval fewer(Interval more) {
    return new Interval(1 / more.high(), 1 / more.low());
  }
}
