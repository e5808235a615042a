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
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;

/**
 * The input of every report, whatever its format.
 *
 * @param summary results of the run
 * @param plan plan of the run
 * @param environment where it was measured; absent in a run that was interrupted early
 * @param cutLine whether the measurements end in a partial line that was left out
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

  /** The open-loop load, where it was measured. */
  Optional<LoadPart> load() {
    return summary.load().map(load -> new LoadPart(this, load));
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

  /** Problems that spoiled the run: warnings of the environment and of the files. */
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
                    plan.arms().stream().anyMatch(arm -> arm.cell().suite() == suite)
                        || plan.unavailable().stream()
                            .anyMatch(cell -> Labels.belongs(cell.cell(), suite)))
            .map(Suite::id)
            .toList();
    return "./run-benchmarks.sh --profile "
        + summary.profile()
        + (suites.isEmpty() || suites.equals(ofProfile())
            ? ""
            : " --suite " + String.join(",", suites))
        + " --seed "
        + summary.seed()
        + plan.load().map(RunReport::loadOptions).orElse("");
  }

  private List<String> ofProfile() {
    return Profile.of(summary.profile()).suites().stream().map(Suite::id).toList();
  }

  private static String loadOptions(LoadPanel load) {
    long bound = load.latencyBound().toMillis();
    return (bound == Planner.Request.LATENCY_BOUND.toMillis() ? "" : " --latency-bound " + bound)
        + (load.processes() == 1 ? "" : " --client-processes " + load.processes());
  }
}
