package org.milvustls.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    Summary summary = Summarizer.summarize(folder.id(), plan, folder.readMeasurements().lines());
    folder.writeSummary(summary);
    for (Suite suite : Suite.values()) {
      RatioChart.of(suite, summary, new Labels(plan))
          .ifPresent(chart -> write(folder, suite, chart));
    }
    folder.write("report.md", MarkdownReport.write(summary, plan, folder.readEnvironment()));
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
