package org.milvustls.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes all reports of a run folder, also of an interrupted run. */
public final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private Reports() {}

  /**
   * Reads the folder alone and writes {@code summary.json}, {@code report.html}, {@code report.md},
   * the charts, and the list of runs beside the folder.
   */
  public static Summary write(RunFolder folder) {
    RunReport run = RunReport.of(folder);
    if (Fonts.missing().isPresent()) {
      LOG.warn(Fonts.missing().get());
      writeTexts(folder, run, Map.of(), Optional.empty());
      return run.summary();
    }
    Drawings all = new Drawings(run);
    Map<String, List<Drawing>> drawings = new LinkedHashMap<>();
    for (Panel panel : run.plan().panels()) {
      List<Drawing> ofPanel = all.of(panel);
      ofPanel.forEach(drawing -> write(folder, drawing));
      if (!ofPanel.isEmpty()) {
        drawings.put(panel.name(), ofPanel);
      }
    }
    run.load()
        .map(LoadPart::drawing)
        .ifPresent(
            drawing -> {
              write(folder, drawing);
              drawings.put(LoadPanel.NAME, List.of(drawing));
            });
    Optional<Drawing> drift = all.drift();
    drift.ifPresent(drawing -> write(folder, drawing));
    writeTexts(folder, run, drawings, drift);
    return run.summary();
  }

  /** The same without charts, for a JVM that shuts down: AWT no longer starts then. */
  public static void writeWithoutCharts(RunFolder folder) {
    writeTexts(folder, RunReport.of(folder), Map.of(), Optional.empty());
  }

  private static void writeTexts(
      RunFolder folder,
      RunReport run,
      Map<String, List<Drawing>> drawings,
      Optional<Drawing> drift) {
    folder.writeSummary(run.summary());
    Set<String> drawn = drawings.keySet();
    folder.write("report.md", MarkdownReport.write(run, drawn));
    folder.write("report.html", HtmlReport.write(run, drawings, drift));
    RunIndex.write(folder);
  }

  private static void write(RunFolder folder, Drawing drawing) {
    folder.write("charts/" + drawing.id() + ".png", ChartInk.png(drawing.chart()));
    folder.write("charts/" + drawing.id() + ".svg", ChartInk.svg(drawing.chart()));
  }

  /**
   * The first headline ratio of a panel while the run is in progress, such as {@code TLS 1.3, JDK,
   * one-way 2.31 (2.10 to 2.54) against plaintext}; absent before its first fork has ended.
   *
   * @param lines measurements so far
   */
  public static Optional<String> running(Plan plan, List<Measurement> lines, String panel) {
    Labels labels = new Labels(plan);
    return Summarizer.summarize("", plan, lines).comparisons().stream()
        .filter(comparison -> comparison.panel().equals(panel) && comparison.headline())
        .flatMap(comparison -> comparison.pairs().stream())
        .findFirst()
        .map(
            pair ->
                labels.of(pair.arm())
                    + " "
                    + Numbers.ratio(pair.ratio())
                    + " against "
                    + labels.of(pair.baseline()));
  }

  /** The terminal output at the end of a run. */
  public static String console(RunFolder folder, Summary summary) {
    return ConsoleReport.write(folder, summary);
  }
}
