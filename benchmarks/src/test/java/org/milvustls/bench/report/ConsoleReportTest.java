package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.scenario.Plan;

class ConsoleReportTest {
  @TempDir Path temp;

  /** Several panels have the same baseline, each measured in forks of its own. */
  @Test
  void the_time_of_a_baseline_is_that_of_the_panel_that_its_ratios_come_from() {
    Plan plan = SampleRun.planOfPaths();
    RunFolder folder =
        SampleRun.write(temp.resolve("run"), plan, new SampleRun().measurements(plan));
    Summary summary = Reports.write(folder);
    List<String> lines = Arrays.asList(Reports.console(folder, summary).split("\n"));
    assertThat(summary.comparisons().stream().map(ComparisonResult::baseline).distinct().count())
        .isLessThan(summary.comparisons().size());
    int line = 0;
    for (ComparisonResult comparison : summary.comparisons()) {
      CellResult baseline =
          summary.cells().stream()
              .filter(cell -> cell.panel().equals(comparison.panel()))
              .filter(cell -> cell.arm().equals(comparison.baseline()))
              .findFirst()
              .orElseThrow();
      while (!lines.get(line).equals(comparison.suite() + ": " + comparison.question())) {
        line++;
      }
      line++;
      assertThat(lines.get(line))
          .as(comparison.name())
          .endsWith(" " + Numbers.millis(baseline.medianNanos().mean()));
    }
  }
}
