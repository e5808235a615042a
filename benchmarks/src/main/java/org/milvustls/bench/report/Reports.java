package org.milvustls.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;

/** Everything that is made of a run folder once its measurements are there, or some of them. */
public final class Reports {
  private Reports() {}

  /** Reads the folder alone and writes {@code summary.json}, {@code report.md} and the charts. */
  public static Summary write(RunFolder folder) {
    Plan plan = folder.readPlan();
    RunFolder.Measurements measurements = folder.readMeasurements();
    Summary summary = summarize(folder, plan, measurements);
    EnumSet<Suite> drawn = EnumSet.noneOf(Suite.class);
    for (Suite suite : Suite.values()) {
      Optional<RatioChart> chart = RatioChart.of(suite, summary, new Labels(plan));
      if (chart.isPresent()) {
        write(folder, suite, chart.get());
        drawn.add(suite);
      }
    }
    writeText(folder, summary, plan, measurements, drawn);
    return summary;
  }

  /**
   * The same without charts: what can be done while the JVM shuts down, when AWT does not start any
   * more.
   */
  public static void writeWithoutCharts(RunFolder folder) {
    Plan plan = folder.readPlan();
    RunFolder.Measurements measurements = folder.readMeasurements();
    Summary summary = summarize(folder, plan, measurements);
    writeText(folder, summary, plan, measurements, EnumSet.noneOf(Suite.class));
  }

  private static void writeText(
      RunFolder folder,
      Summary summary,
      Plan plan,
      RunFolder.Measurements measurements,
      Set<Suite> drawn) {
    folder.write(
        "report.md",
        MarkdownReport.write(
            summary, plan, folder.readEnvironment(), measurements.cutLine(), drawn));
  }

  private static Summary summarize(
      RunFolder folder, Plan plan, RunFolder.Measurements measurements) {
    Summary summary = Summarizer.summarize(folder.id(), plan, measurements.lines());
    folder.writeSummary(summary);
    return summary;
  }

  private static void write(RunFolder folder, Suite suite, RatioChart chart) {
    try {
      folder.write("charts/" + suite.id() + ".png", chart.png());
      folder.write("charts/" + suite.id() + ".svg", chart.svg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a terminal shows at the end of a run. */
  public static String console(RunFolder folder, Summary summary) {
    return ConsoleReport.write(folder, summary);
  }
}
