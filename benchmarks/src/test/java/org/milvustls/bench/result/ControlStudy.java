package org.milvustls.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;

/**
 * How often a real A/A control is called different, each judged alone at 95 %. Its name keeps it
 * out of the ordinary tests.
 *
 * <ol>
 *   <li>{@code -Dtest=ControlStudy#is_planned} writes the plan of a quick run in which every cell
 *       is measured twice, to {@code target/control-study-SEED}.
 *   <li>{@code ./run-benchmarks.sh --resume benchmarks/target/control-study-SEED} measures it.
 *   <li>{@code -Dtest=ControlStudy#is_counted -Druns=DIR,DIR} writes {@code
 *       target/control-study.txt}.
 * </ol>
 */
class ControlStudy {
  private static final double CONFIDENCE = 0.95;

  @Test
  void is_planned() throws IOException {
    long seed = Long.getLong("seed", 1);
    Plan quick =
        Planner.plan(
            new Planner.Request(Profile.QUICK, Profile.QUICK.suites(), List.of(), seed, List.of()),
            Map.of());
    Plan plan =
        new Plan(
            quick.schema(),
            quick.profile(),
            quick.seed(),
            quick.panels().stream().map(ControlStudy::everyCellTwice).toList(),
            quick.load(),
            quick.forks(),
            quick.unavailable(),
            quick.confidence(),
            quick.expected(),
            quick.budget());

    RunFolder folder = RunFolder.create(Path.of("target", "control-study-" + seed));
    folder.writePlan(plan);

    assertThat(folder.readPlan()).isEqualTo(plan);
  }

  /** Every cell is the baseline of a comparison with the next one, so that each has a control. */
  private static Panel everyCellTwice(Panel panel) {
    List<Cell> cells = panel.arms().stream().map(Arm::cell).distinct().toList();
    List<Comparison> ring = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Cell next = cells.get((i + 1) % cells.size());
      ring.add(
          new Comparison(
              "ring-" + panel.name() + "-" + i, "?", cells.get(i), List.of(next), false, 0.02));
    }
    return Panel.of(
        ring,
        panel.arms().stream().mapToLong(Arm::plantedNanos).max().orElseThrow(),
        panel.forks(),
        panel.warmupCycles(),
        panel.cycles());
  }

  @Test
  void is_counted() throws IOException {
    List<String> lines = new ArrayList<>();
    int different = 0;
    for (String run : System.getProperty("runs", "").split(",", -1)) {
      RunFolder folder = RunFolder.open(Path.of(run));
      List<Measurement> measured = folder.readMeasurements().lines();
      for (Panel panel : folder.readPlan().panels()) {
        Forks forks = Forks.of(measured.stream().filter(line -> line.panel().equals(panel.name())));
        for (Arm arm : panel.arms()) {
          if (arm.kind() == Arm.Kind.CONTROL) {
            Estimate estimate = forks.logRatio(arm, Arm.measured(arm.cell()));
            Interval interval = estimate.judgedInterval(CONFIDENCE).orElseThrow();
            different += interval.contains(0) ? 0 : 1;
            lines.add(line(arm, estimate, interval));
          }
        }
      }
    }
    lines.add(different + " of " + lines.size() + " controls called different");

    Path file = Files.write(Path.of("target", "control-study.txt"), lines);
    assertThat(Files.readAllLines(file)).hasSizeGreaterThan(1);
  }

  private static String line(Arm arm, Estimate estimate, Interval interval) {
    return String.format(
        Locale.ROOT,
        "%s %.4f (%.4f to %.4f)%s",
        arm.name(),
        estimate.ratio(),
        Math.exp(interval.low()),
        Math.exp(interval.high()),
        interval.contains(0) ? "" : " different");
  }
}
