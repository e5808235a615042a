package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.bench.report.RunComparison.Change;
import org.milvustls.bench.report.RunComparison.Outcome;
import org.milvustls.bench.report.RunComparison.TimeChange;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.stats.Interval;

/** A comparison of two runs in words: first the other differences, then the changes. */
final class ComparisonText {
  private ComparisonText() {}

  static String text(RunComparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(comparison.before() + " -> " + comparison.after());
    comparison.environment().forEach(difference -> lines.add("differs: " + difference));
    lines.addAll(notes(comparison));
    for (Change change : comparison.changes()) {
      lines.add("");
      lines.add(change.arm() + ", against " + change.baseline());
      lines.add(
          "  ratio  "
              + Numbers.ratio(change.before())
              + " -> "
              + Numbers.ratio(change.after())
              + ", change "
              + percent(change)
              + ": "
              + change.outcome().words());
      lines.add("  time   " + times(change.time()));
    }
    for (LoadChange change : comparison.load()) {
      lines.add("");
      lines.add("throughput, " + change.arm() + ", against " + change.baseline());
      lines.add(
          "  ratio  "
              + Numbers.ratio(change.before())
              + " -> "
              + Numbers.ratio(change.after())
              + ", change "
              + percent(change.change(), change.interval())
              + ": "
              + change.outcome().words());
      lines.add("  searches per second  " + rates(change.throughput()));
    }
    lines.add("");
    lines.add("How the baselines moved from run to run, which no interval above knows:");
    comparison
        .baselines()
        .forEach(baseline -> lines.add("  " + baseline.arm() + ": " + times(baseline)));
    loadBaseline(comparison)
        .ifPresent(load -> lines.add("  throughput, " + load.get(0) + ": " + load.get(1)));
    lines.add("");
    lines.add(answer(comparison));
    return String.join("\n", lines);
  }

  static String markdown(RunComparison comparison) {
    MarkdownWriter out = new MarkdownWriter();
    out.heading(1, comparison.before() + " -> " + comparison.after());
    out.paragraph(answer(comparison));
    if (!comparison.environment().isEmpty()) {
      out.heading(2, "What else differs");
      out.table(
          List.of("what", "before", "after"),
          comparison.environment().stream()
              .map(d -> List.of(d.name(), d.before(), d.after()))
              .toList());
    }
    out.heading(2, "What the comparison can mean");
    out.list(notes(comparison));
    out.heading(2, "Changes");
    out.table(
        List.of("arm against baseline", "ratio before", "ratio after", "change", "outcome", "time"),
        comparison.changes().stream()
            .map(
                change ->
                    List.of(
                        change.arm() + ", against " + change.baseline(),
                        Numbers.ratio(change.before()),
                        Numbers.ratio(change.after()),
                        percent(change),
                        change.outcome().words(),
                        times(change.time())))
            .toList());
    if (!comparison.load().isEmpty()) {
      out.heading(2, "Changes of throughput at the latency bound");
      out.table(
          List.of(
              "arm against baseline",
              "ratio before",
              "ratio after",
              "change",
              "outcome",
              "searches per second"),
          comparison.load().stream()
              .map(
                  change ->
                      List.of(
                          change.arm() + ", against " + change.baseline(),
                          Numbers.ratio(change.before()),
                          Numbers.ratio(change.after()),
                          percent(change.change(), change.interval()),
                          change.outcome().words(),
                          rates(change.throughput())))
              .toList());
    }
    out.heading(2, "How the baselines moved from run to run");
    List<List<String>> baselines = new ArrayList<>();
    comparison.baselines().forEach(b -> baselines.add(List.of(b.arm(), times(b))));
    loadBaseline(comparison)
        .ifPresent(
            load ->
                baselines.add(
                    List.of("throughput, " + load.get(0), load.get(1) + " searches per second")));
    out.table(List.of("baseline", "time or throughput"), baselines);
    return out.text();
  }

  private static List<String> notes(RunComparison comparison) {
    List<String> notes = new ArrayList<>(comparison.meaning());
    comparison.withheld().ifPresent(notes::add);
    Stream.concat(
            comparison.onlyBefore().stream()
                .map(pair -> "Only in " + comparison.before() + ": " + pair),
            comparison.onlyAfter().stream()
                .map(pair -> "Only in " + comparison.after() + ": " + pair))
        .forEach(notes::add);
    return notes;
  }

  private static String times(TimeChange time) {
    return time(time.beforeNanos())
        + " -> "
        + time(time.afterNanos())
        + ", "
        + Numbers.percent(time.ratio());
  }

  private static String time(Value nanos) {
    return nanos.interval().isPresent() ? Numbers.cost(nanos) : Numbers.millis(nanos.mean());
  }

  /** Label and throughputs of the baseline of suite {@code load}. */
  private static Optional<List<String>> loadBaseline(RunComparison comparison) {
    return comparison.load().stream()
        .findFirst()
        .map(change -> List.of(change.baseline(), rates(change.baselineThroughput())));
  }

  private static String rates(LoadChange.Throughputs rates) {
    double before = rates.before().mean();
    double after = rates.after().mean();
    return String.format(
        Locale.ROOT, "%.0f -> %.0f, %s", before, after, Numbers.percent(after / before));
  }

  private static String percent(Change change) {
    return percent(change.change(), change.interval());
  }

  private static String percent(double change, Optional<Interval> of) {
    return Numbers.percent(change)
        + of.map(interval -> " (" + Numbers.percents(interval) + ")").orElse(" (no interval)");
  }

  private static String answer(RunComparison comparison) {
    String threshold = Numbers.share(comparison.threshold());
    long regressions = comparison.outcomes().stream().filter(o -> o == Outcome.REGRESSION).count();
    if (regressions > 0) {
      return Numbers.count((int) regressions, "regression", "regressions")
          + " beyond "
          + threshold
          + " "
          + (regressions == 1 ? "was" : "were")
          + " shown.";
    }
    if (!comparison.judged()) {
      return "Nothing was comparable: no change has a verdict.";
    }
    boolean allWithin =
        comparison.outcomes().stream().allMatch(outcome -> outcome == Outcome.UNCHANGED);
    return "No regression beyond "
        + threshold
        + " was shown"
        + (allWithin ? ": all changes lie within it." : ", which is not the same as none.");
  }
}
