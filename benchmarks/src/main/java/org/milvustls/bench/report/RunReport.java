package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Environment;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;

/**
 * Everything that is drawn, whatever it is drawn as.
 *
 * @param summary what the measurements allow to say
 * @param plan what was asked
 * @param environment where it was measured; absent in a run that was interrupted early
 * @param cutLine whether the measurements end in half a line that was left out
 */
record RunReport(Summary summary, Plan plan, Optional<Environment> environment, boolean cutLine) {

  static RunReport of(RunFolder folder) {
    Plan plan = folder.readPlan();
    RunFolder.Measurements measurements = folder.readMeasurements();
    return new RunReport(
        Summarizer.summarize(folder.id(), plan, measurements.lines()),
        plan,
        folder.readEnvironment(),
        measurements.cutLine());
  }

  Labels labels() {
    return new Labels(plan);
  }

  Sentences sentences() {
    return new Sentences(summary, labels());
  }

  /** Cells that were compared, without controls and planted delays. */
  List<CellResult> measured(Panel panel) {
    return summary.cells().stream()
        .filter(cell -> cell.panel().equals(panel.name()) && cell.kind() == Arm.Kind.MEASURED)
        .toList();
  }

  /** What spoiled the run: warnings of the environment and of the files. */
  List<String> warnings() {
    List<String> warnings =
        new ArrayList<>(environment.map(Environment::warnings).orElse(List.of()));
    if (environment.isEmpty()) {
      warnings.add("the environment was not recorded");
    }
    if (cutLine) {
      warnings.add(
          "the last line of measurements.jsonl is cut, as after a crash or a full disk; it was left"
              + " out");
    }
    return warnings;
  }

  /** The command that repeats the run. */
  String command() {
    List<String> suites =
        Arrays.stream(Suite.values())
            .filter(
                suite ->
                    plan.panels().stream().anyMatch(panel -> panel.suite() == suite)
                        || plan.unavailable().stream()
                            .anyMatch(cell -> Labels.belongs(cell.cell(), suite)))
            .map(Suite::id)
            .toList();
    return "./run-benchmarks.sh --profile "
        + summary.profile()
        + (suites.isEmpty() || suites.size() == Suite.values().length
            ? ""
            : " --suite " + String.join(",", suites))
        + " --seed "
        + summary.seed();
  }
}
