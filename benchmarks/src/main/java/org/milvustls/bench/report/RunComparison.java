package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;

/**
 * The changes between two runs. It judges ratios to the baseline of their own run, not times,
 * because a machine is not the same an hour later. The intervals include the variance between forks
 * of one run, but not that between runs. The changes of the baselines show how large that can be.
 *
 * @param schema version of this record as JSON
 * @param before id of the first run
 * @param after id of the second run
 * @param threshold relative change of a ratio that counts as a regression, such as 0.05
 * @param meaning meaning and limits of the comparison, in sentences
 * @param environment other differences
 * @param withheld why no verdicts are given; absent when both runs' controls allow them
 * @param changes of the pairs that both runs have
 * @param onlyBefore pairs that the second run lacks: "arm against baseline"
 * @param onlyAfter pairs that the first run lacks
 * @param baselines changes of the baselines' times
 * @param load throughputs at the latency bound that both runs have
 */
public record RunComparison(
    int schema,
    String before,
    String after,
    double threshold,
    List<String> meaning,
    List<EnvironmentDifference> environment,
    Optional<String> withheld,
    List<Change> changes,
    List<String> onlyBefore,
    List<String> onlyAfter,
    List<TimeChange> baselines,
    List<LoadChange> load) {

  private static final int SCHEMA = 1;

  /** The outcome of a change, from its interval. */
  public enum Outcome {
    /** The whole interval lies above the threshold. */
    REGRESSION("REGRESSION"),
    /** The whole interval lies below 1 / (1 + threshold). */
    IMPROVEMENT("improvement"),
    /** The whole interval lies within the threshold. */
    UNCHANGED("unchanged within the threshold"),
    /** The interval reaches across the threshold: nothing was shown. */
    NOT_SHOWN("not shown"),
    /** There is no interval, or the controls of a run failed. */
    NO_VERDICT("no verdict");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    /** As reports write it. */
    public String words() {
      return words;
    }
  }

  /**
   * One pair in both runs.
   *
   * @param arm label of the arm
   * @param baseline label of the baseline
   * @param before ratio and interval in the first run
   * @param after ratio and interval in the second
   * @param change after / before; 1.1 is ten percent slower relative to the baseline
   * @param interval of the change, at the confidence of the two; absent when a run has none
   * @param outcome result of the interval
   * @param time of the arm in both runs
   */
  public record Change(
      String arm,
      String baseline,
      Summary.Ratio before,
      Summary.Ratio after,
      double change,
      Optional<Interval> interval,
      Outcome outcome,
      TimeChange time) {}

  /**
   * A change of a time, without its cause.
   *
   * @param arm label of the arm, with its suite
   * @param beforeNanos median in the first run
   * @param afterNanos median in the second
   */
  public record TimeChange(String arm, Value beforeNanos, Value afterNanos) {
    /** After / before. */
    public double ratio() {
      return afterNanos.mean() / beforeNanos.mean();
    }
  }

  /** Whether a regression beyond the threshold was shown. */
  public boolean regressed() {
    return outcomes().contains(Outcome.REGRESSION);
  }

  /** Whether any change has a verdict; without a verdict the runs are not comparable. */
  public boolean judged() {
    return outcomes().stream().anyMatch(outcome -> outcome != Outcome.NO_VERDICT);
  }

  /** The outcome of every change, throughputs last. */
  List<Outcome> outcomes() {
    return Stream.concat(
            changes.stream().map(Change::outcome), load.stream().map(LoadChange::outcome))
        .toList();
  }

  /**
   * Compares two run folders.
   *
   * @throws MilvusTlsException if one cannot be read, or if they have no measured pair in common
   */
  public static RunComparison of(RunFolder before, RunFolder after, double threshold) {
    return new Comparing(RunReport.of(before), RunReport.of(after), threshold).compared();
  }

  /** Compares two runs. */
  private record Comparing(RunReport old, RunReport now, double threshold) {
    RunComparison compared() {
      Optional<String> withheld = withheld(old).or(() -> withheld(now));
      List<Change> changes = new ArrayList<>();
      List<String> onlyAfter = new ArrayList<>();
      for (ComparisonResult comparison : now.summary().comparisons()) {
        for (Pair pair : comparison.pairs()) {
          Optional<Pair> match = find(old.summary(), comparison.name(), pair);
          match.ifPresentOrElse(
              was -> changes.add(change(comparison, was, pair, withheld.isEmpty())),
              () -> onlyAfter.add(words(now.labels(), pair)));
        }
      }
      List<LoadChange> load = LoadChange.between(old, now, threshold, withheld.isEmpty());
      if (changes.isEmpty() && load.isEmpty()) {
        throw MilvusTlsException.failure("the two runs have no measured comparison in common")
            .seen(old.summary().run() + " and " + now.summary().run())
            .next("compare runs of the same suites and filters")
            .build();
      }
      List<EnvironmentDifference> environment = EnvironmentDifference.between(old, now);
      return new RunComparison(
          SCHEMA,
          old.summary().run(),
          now.summary().run(),
          threshold,
          meaning(environment),
          environment,
          withheld,
          changes,
          onlyBefore(),
          onlyAfter,
          baselines(),
          load);
    }

    private List<String> meaning(List<EnvironmentDifference> environment) {
      List<String> meaning = new ArrayList<>(EnvironmentDifference.meaning(environment));
      meaning.addAll(LoadChange.notes(old, now));
      return List.copyOf(meaning);
    }

    private static Optional<String> withheld(RunReport run) {
      return run.summary().trust().verdictsGiven()
          ? Optional.empty()
          : Optional.of(run.summary().run() + ": " + run.sentences().trust());
    }

    private static Optional<Pair> find(Summary summary, String comparison, Pair pair) {
      return summary.comparisons().stream()
          .filter(c -> c.name().equals(comparison))
          .flatMap(c -> c.pairs().stream())
          .filter(p -> p.arm().equals(pair.arm()) && p.baseline().equals(pair.baseline()))
          .findFirst();
    }

    private List<String> onlyBefore() {
      return old.summary().comparisons().stream()
          .flatMap(
              comparison ->
                  comparison.pairs().stream()
                      .filter(pair -> find(now.summary(), comparison.name(), pair).isEmpty()))
          .map(pair -> words(old.labels(), pair))
          .toList();
    }

    private static String words(Labels labels, Pair pair) {
      return labels.of(pair.arm()) + " against " + labels.of(pair.baseline());
    }

    private Change change(ComparisonResult comparison, Pair was, Pair is, boolean verdicts) {
      Optional<Interval> interval = quotient(was, is);
      return new Change(
          now.labels().subject(comparison.suite(), is.arm()),
          now.labels().of(is.baseline()),
          was.ratio(),
          is.ratio(),
          is.ratio().ratio() / was.ratio().ratio(),
          interval,
          interval.filter(i -> verdicts).map(i -> outcome(i, threshold)).orElse(Outcome.NO_VERDICT),
          time(is.arm()).orElseThrow());
    }

    private static Optional<Interval> quotient(Pair was, Pair is) {
      if (was.grounds() != Estimate.Grounds.ENOUGH || is.grounds() != Estimate.Grounds.ENOUGH) {
        return Optional.empty();
      }
      return Optional.of(
          RunComparison.quotient(
              was.ratio().ratio(),
              was.ratio().interval().orElseThrow(),
              is.ratio().ratio(),
              is.ratio().interval().orElseThrow()));
    }

    private List<TimeChange> baselines() {
      return now.summary().comparisons().stream()
          .map(ComparisonResult::baseline)
          .distinct()
          .flatMap(arm -> time(arm).stream())
          .toList();
    }

    private Optional<TimeChange> time(String arm) {
      return cell(old, arm)
          .flatMap(
              was ->
                  cell(now, arm)
                      .map(
                          is ->
                              new TimeChange(
                                  now.labels().subject(is.suite(), arm),
                                  was.medianNanos(),
                                  is.medianNanos())));
    }

    private static Optional<CellResult> cell(RunReport run, String arm) {
      return run.summary().cells().stream().filter(cell -> cell.arm().equals(arm)).findFirst();
    }
  }

  /**
   * Interval of a quotient from the intervals of its parts, on the logarithmic scale (MOVER, method
   * of variance estimates recovery; Zou and Donner, Statistics in Medicine 27, 2008).
   */
  static Interval quotient(double before, Interval old, double after, Interval now) {
    double change = Math.log(after / before);
    double down = Math.hypot(Math.log(after / now.low()), Math.log(old.high() / before));
    double up = Math.hypot(Math.log(now.high() / after), Math.log(before / old.low()));
    return new Interval(change - down, change + up).exp();
  }

  /** The outcome of the interval of a change of time. */
  static Outcome outcome(Interval change, double threshold) {
    Interval same = new Interval(1 / (1 + threshold), 1 + threshold);
    if (change.low() > same.high()) {
      return Outcome.REGRESSION;
    }
    if (change.high() < same.low()) {
      return Outcome.IMPROVEMENT;
    }
    return change.within(same) ? Outcome.UNCHANGED : Outcome.NOT_SHOWN;
  }

  /** The text for a terminal. */
  public String text() {
    return ComparisonText.text(this);
  }

  /** The Markdown for a code review. */
  public String markdown() {
    return ComparisonText.markdown(this);
  }
}
