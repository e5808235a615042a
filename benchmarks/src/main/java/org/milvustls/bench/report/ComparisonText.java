package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.report.RunComparison.Change;
import org.milvustls.bench.report.RunComparison.Outcome;
import org.milvustls.bench.report.RunComparison.TimeChange;
import org.milvustls.bench.result.Summary.Value;

/** A comparison of two runs in words: what else differs first, then what changed. */
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
    lines.add("");
    lines.add("How the baselines moved from run to run, which no interval above knows:");
    comparison
        .baselines()
        .forEach(baseline -> lines.add("  " + baseline.arm() + ": " + times(baseline)));
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
    out.heading(2, "How the baselines moved from run to run");
    out.table(
        List.of("baseline", "time"),
        comparison.baselines().stream().map(b -> List.of(b.arm(), times(b))).toList());
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

  private static String percent(Change change) {
    return Numbers.percent(change.change())
        + change
            .interval()
            .map(interval -> " (" + Numbers.percents(interval) + ")")
            .orElse(" (no interval)");
  }

  private static String answer(RunComparison comparison) {
    String threshold = Numbers.share(comparison.threshold());
    long regressions =
        comparison.changes().stream().filter(c -> c.outcome() == Outcome.REGRESSION).count();
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
        comparison.changes().stream().allMatch(change -> change.outcome() == Outcome.UNCHANGED);
    return "No regression beyond "
        + threshold
        + " was shown"
        + (allWithin ? ": all changes lie within it." : ", which is not the same as none.");
  }
}
