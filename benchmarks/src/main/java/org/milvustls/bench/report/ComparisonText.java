package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.milvustls.bench.report.RunComparison.Change;

/** A comparison of two runs in words. */
final class ComparisonText {
  private ComparisonText() {}

  static String text(RunComparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(comparison.before() + " -> " + comparison.after());
    lines.addAll(notes(comparison));
    for (Change change : comparison.changes()) {
      lines.add("");
      lines.add(change.arm() + " against " + change.baseline());
      lines.add(
          "  ratio "
              + Numbers.ratio(change.before())
              + " -> "
              + Numbers.ratio(change.after())
              + ", change "
              + percent(change)
              + ": "
              + change.outcome().words());
    }
    lines.add("");
    lines.add(answer(comparison));
    return String.join("\n", lines);
  }

  static String markdown(RunComparison comparison) {
    MarkdownWriter out = new MarkdownWriter();
    out.heading(1, comparison.before() + " -> " + comparison.after());
    out.paragraph(answer(comparison));
    out.list(notes(comparison));
    out.table(
        List.of("arm against baseline", "before", "after", "change", "outcome"),
        comparison.changes().stream()
            .map(
                change ->
                    List.of(
                        change.arm() + " against " + change.baseline(),
                        Numbers.ratio(change.before()),
                        Numbers.ratio(change.after()),
                        percent(change),
                        change.outcome().words()))
            .toList());
    return out.text();
  }

  private static List<String> notes(RunComparison comparison) {
    List<String> notes = new ArrayList<>();
    comparison.environment().forEach(difference -> notes.add("Differs: " + difference));
    if (!comparison.environment().isEmpty()) {
      notes.add(
          "A change may come from any of these differences; ratios to the own baseline take out what"
              + " slows all arms alike, and nothing else.");
    }
    comparison.withheld().ifPresent(notes::add);
    notes.add("Intervals hold the variance between forks of one run, not that between runs.");
    return notes;
  }

  private static String percent(Change change) {
    return String.format(Locale.ROOT, "%+.1f %%", (change.change() - 1) * 100)
        + change
            .interval()
            .map(interval -> " (" + Numbers.percents(interval) + ")")
            .orElse(" (no interval)");
  }

  private static String answer(RunComparison comparison) {
    String threshold = Numbers.share(comparison.threshold());
    if (comparison.regressed()) {
      return "A regression beyond " + threshold + " was shown.";
    }
    return "No regression beyond "
        + threshold
        + " was shown"
        + (comparison.changes().stream()
                .allMatch(change -> change.outcome() == RunComparison.Outcome.UNCHANGED)
            ? ": all changes lie within it."
            : ", which is not the same as none.");
  }
}
