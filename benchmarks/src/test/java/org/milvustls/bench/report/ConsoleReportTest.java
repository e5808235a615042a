package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
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

  @Test
  void a_run_with_several_jvms_says_of_each_table_which_one_it_is_of() {
    Plan plan = SampleRun.planOfTwoJvms();
    RunFolder folder =
        SampleRun.write(temp.resolve("run"), plan, new SampleRun().measurements(plan));

    Summary summary = Reports.write(folder);

    assertThat(Reports.console(folder, summary))
        .contains("Tables and charts are of Java 17.0.15; what another JVM changes is said apart.")
        .contains("\nhandshake, Java 17.0.15: ");
  }

  @Nested
  class Of_profile_smoke {
    private String console(Plan plan, List<Measurement> lines) {
      RunFolder folder = SampleRun.write(temp.resolve("run"), plan, lines);
      return Reports.console(folder, Reports.write(folder));
    }

    private static Plan smoke() {
      Plan plan = SampleRun.plan();
      return new Plan(
          plan.schema(),
          "smoke",
          plan.seed(),
          plan.panels(),
          plan.load(),
          plan.forks(),
          plan.unavailable(),
          plan.confidence(),
          plan.expected(),
          plan.budget());
    }

    @Test
    void says_that_everything_works_and_nothing_of_cost() {
      Plan plan = smoke();
      int forks = plan.forks().size();

      assertThat(console(plan, new SampleRun().measurements(plan)))
          .startsWith("Everything works: " + forks + " of " + forks + " forks. ")
          .contains("\nReport: ")
          .doesNotContain("ratio", "baseline", "withheld", "verdict");
    }

    @Test
    void says_what_does_not_work() {
      Plan plan = smoke();
      int forks = plan.forks().size();
      List<Measurement> lines = new ArrayList<>(new SampleRun().measurements(plan));
      lines.set(0, SampleRun.failed(plan.forks().get(0), "the server was gone"));

      assertThat(console(plan, lines))
          .contains("Not everything works: " + (forks - 1) + " of " + forks + " forks. ")
          .contains("the server was gone");
    }
  }
}
