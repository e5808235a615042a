package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Plan.UnavailableCell;
import org.milvustls.bench.scenario.Suite;

/**
 * The terminal output at the end of a run: one line for each ratio, the controls, the cells not
 * measured, and the path of the report. A run of profile smoke shows whether everything works,
 * without ratios.
 */
final class ConsoleReport {
  private ConsoleReport() {}

  static String write(RunFolder folder, Summary summary) {
    Labels labels = new Labels(folder.readPlan());
    Sentences sentences = new Sentences(summary, labels);
    Caveats caveats = new Caveats(summary);
    List<String> lines = new ArrayList<>();
    if (!caveats.isSmoke()) {
      lines.addAll(caveats.texts());
      summary
          .comparisons()
          .forEach(comparison -> lines.addAll(table(summary, labels, caveats, comparison)));
      RunReport.of(folder).load().ifPresent(load -> lines.addAll(load(load)));
    }
    List<String> jvms = sentences.jvms();
    if (!jvms.isEmpty()) {
      lines.add("");
      lines.addAll(jvms);
    }
    if (!caveats.isSmoke()) {
      lines.add("");
      lines.add("Trust: " + sentences.trust());
    }
    lines.addAll(
        UnavailableCell.lines(
            summary.unavailable().stream()
                .map(cell -> new UnavailableCell(cell.cell(), cell.reason(), cell.failed()))
                .toList()));
    summary.failures().stream().map(sentences::of).forEach(lines::add);
    if (caveats.isSmoke()) {
      lines.addAll(caveats.texts());
    }
    lines.add("Report: " + folder.root().resolve("report.html"));
    return String.join("\n", lines);
  }

  private static List<String> table(
      Summary summary, Labels labels, Caveats caveats, ComparisonResult comparison) {
    List<String> lines = new ArrayList<>(List.of(""));
    String jvm = caveats.baselineJvm().map(version -> ", Java " + version).orElse("");
    lines.add(comparison.suite() + jvm + ": " + comparison.question());
    lines.add(
        String.format(
            "  %-44s baseline  %s",
            labels.of(comparison.baseline()), median(summary, comparison, comparison.baseline())));
    comparison.pairs().forEach(pair -> lines.add(line(summary, labels, comparison, pair)));
    return lines;
  }

  private static List<String> load(LoadPart load) {
    List<String> lines = new ArrayList<>(List.of("", Suite.LOAD + ": " + load.question()));
    load.answers().forEach(answer -> lines.add("  " + answer.text()));
    lines.add("  " + load.overhead());
    return lines;
  }

  private static String line(
      Summary summary, Labels labels, ComparisonResult comparison, Pair pair) {
    return String.format(
        "  %-44s %-9s %s  ratio %s",
        labels.of(pair.arm()),
        pair.verdict().words(),
        median(summary, comparison, pair.arm()),
        Numbers.ratio(pair.ratio()));
  }

  /** Median from the panel of the ratio. Other panels have the same cell in other forks. */
  private static String median(Summary summary, ComparisonResult comparison, String arm) {
    return summary.cells().stream()
        .filter(cell -> cell.arm().equals(arm) && cell.panel().equals(comparison.panel()))
        .findFirst()
        .map(cell -> String.format("%9s", Numbers.millis(cell.medianNanos().mean())))
        .orElse("not measured");
  }
}
