package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.stats.Interval;

/**
 * What changed between two runs. Ratios to the baseline of their own run are compared, not times:
 * the machine of another hour is another machine. The intervals know the variance between forks of
 * one run, not that between runs.
 *
 * @param before id of the run that came first
 * @param after id of the other
 * @param threshold relative change of a ratio that counts as a regression, such as 0.05
 * @param environment what else differs, "name: before -> after"
 * @param withheld why no verdicts are given; absent when both runs' controls allow them
 * @param changes of the pairs that both runs have
 */
public record RunComparison(
    String before,
    String after,
    double threshold,
    List<String> environment,
    Optional<String> withheld,
    List<Change> changes) {

  /** What the interval of a change allows to say. */
  public enum Outcome {
    /** The whole interval lies above the threshold. */
    REGRESSION("REGRESSION"),
    /** The whole interval lies below the threshold's counterpart. */
    IMPROVEMENT("improvement"),
    /** The whole interval lies within the threshold. */
    UNCHANGED("unchanged within the threshold"),
    /** The interval reaches over the threshold: nothing was shown. */
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
   * @param interval of the change; absent when a run has none
   * @param outcome what it allows to say
   */
  public record Change(
      String arm,
      String baseline,
      Summary.Ratio before,
      Summary.Ratio after,
      double change,
      Optional<Interval> interval,
      Outcome outcome) {}

  /** Whether a regression beyond the threshold was shown. */
  public boolean regressed() {
    return changes.stream().anyMatch(change -> change.outcome() == Outcome.REGRESSION);
  }

  /**
   * Compares two run folders.
   *
   * @throws MilvusTlsException if one cannot be read, or if they have no measured pair in common
   */
  public static RunComparison of(RunFolder before, RunFolder after, double threshold) {
    Summary first = summary(before);
    Summary second = summary(after);
    Labels labels = new Labels(after.readPlan());
    Optional<String> withheld = withheld(first, labels).or(() -> withheld(second, labels));
    List<Change> changes = new ArrayList<>();
    for (ComparisonResult comparison : second.comparisons()) {
      for (Pair pair : comparison.pairs()) {
        find(first, comparison.name(), pair)
            .map(old -> change(old, pair, threshold, withheld.isEmpty(), labels))
            .ifPresent(changes::add);
      }
    }
    if (changes.isEmpty()) {
      throw MilvusTlsException.failure("the two runs have no measured comparison in common")
          .seen(before.id() + " and " + after.id())
          .next("compare runs of the same suites and filters")
          .build();
    }
    return new RunComparison(
        before.id(), after.id(), threshold, environment(before, after), withheld, changes);
  }

  private static Summary summary(RunFolder folder) {
    return Summarizer.summarize(folder.id(), folder.readPlan(), folder.readMeasurements().lines());
  }

  private static Optional<String> withheld(Summary summary, Labels labels) {
    return summary.trust().verdictsGiven()
        ? Optional.empty()
        : Optional.of(summary.run() + ": " + new Sentences(summary, labels).trust());
  }

  private static Optional<Pair> find(Summary summary, String comparison, Pair pair) {
    return summary.comparisons().stream()
        .filter(c -> c.name().equals(comparison))
        .flatMap(c -> c.pairs().stream())
        .filter(p -> p.arm().equals(pair.arm()) && p.baseline().equals(pair.baseline()))
        .findFirst();
  }

  private static Change change(
      Pair before, Pair after, double threshold, boolean verdicts, Labels labels) {
    Optional<Interval> interval =
        before
            .ratio()
            .interval()
            .flatMap(
                old ->
                    after
                        .ratio()
                        .interval()
                        .map(
                            now ->
                                quotient(before.ratio().ratio(), old, after.ratio().ratio(), now)));
    return new Change(
        labels.of(after.arm()),
        labels.of(after.baseline()),
        before.ratio(),
        after.ratio(),
        after.ratio().ratio() / before.ratio().ratio(),
        interval,
        verdicts
            ? interval.map(i -> outcome(i, threshold)).orElse(Outcome.NO_VERDICT)
            : Outcome.NO_VERDICT);
  }

  /**
   * Interval of a quotient out of the intervals of its parts, on the scale of logarithms (MOVER,
   * method of variance estimates recovery; Zou and Donner, Statistics in Medicine 27, 2008).
   */
  static Interval quotient(double before, Interval old, double after, Interval now) {
    double change = Math.log(after / before);
    double down = Math.hypot(Math.log(after / now.low()), Math.log(old.high() / before));
    double up = Math.hypot(Math.log(now.high() / after), Math.log(before / old.low()));
    return new Interval(change - down, change + up).exp();
  }

  private static Outcome outcome(Interval change, double threshold) {
    Interval same = new Interval(1 / (1 + threshold), 1 + threshold);
    if (change.low() > same.high()) {
      return Outcome.REGRESSION;
    }
    if (change.high() < same.low()) {
      return Outcome.IMPROVEMENT;
    }
    return change.within(same) ? Outcome.UNCHANGED : Outcome.NOT_SHOWN;
  }

  private static List<String> environment(RunFolder before, RunFolder after) {
    List<String> differences = new ArrayList<>();
    Optional<Environment> old = before.readEnvironment();
    Optional<Environment> now = after.readEnvironment();
    if (old.isEmpty() || now.isEmpty()) {
      return List.of("environment: unknown for " + (old.isEmpty() ? before.id() : after.id()));
    }
    Environment.Machine oldMachine = old.get().machine();
    Environment.Machine machine = now.get().machine();
    differ("CPU", oldMachine.cpu(), machine.cpu(), differences);
    differ("cores", oldMachine.cores(), machine.cores(), differences);
    differ("memory in bytes", oldMachine.memoryBytes(), machine.memoryBytes(), differences);
    differ("kernel", oldMachine.kernel(), machine.kernel(), differences);
    differ("JVM", old.get().jvm().version(), now.get().jvm().version(), differences);
    differ(
        "Milvus",
        old.get().milvus().orElse("none"),
        now.get().milvus().orElse("none"),
        differences);
    TreeSet<String> libraries = new TreeSet<>(old.get().libraries().keySet());
    libraries.addAll(now.get().libraries().keySet());
    for (String library : libraries) {
      differ(
          library,
          old.get().libraries().getOrDefault(library, "none"),
          now.get().libraries().getOrDefault(library, "none"),
          differences);
    }
    return List.copyOf(differences);
  }

  private static void differ(String name, Object before, Object after, List<String> differences) {
    if (!Objects.equals(before, after)) {
      differences.add(name + ": " + before + " -> " + after);
    }
  }

  /** For a terminal. */
  public String text() {
    return ComparisonText.text(this);
  }

  /** For a code review. */
  public String markdown() {
    return ComparisonText.markdown(this);
  }
}
