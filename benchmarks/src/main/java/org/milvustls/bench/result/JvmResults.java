package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.milvustls.bench.result.Summary.JvmResult;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;

/**
 * Compares the forks of another JVM with those of the harness's own, round by round. Two forks of
 * one round run one after the other. A round without one of them is left out.
 */
final class JvmResults {
  private static final double CONFIDENCE = 0.95;

  private final Panel panel;
  private final List<Measurement> own = new ArrayList<>();
  private final List<Measurement> other = new ArrayList<>();

  private JvmResults(Plan plan, Panel panel, String home, Forks ownForks, Forks otherForks) {
    this.panel = panel;
    Map<Integer, Measurement> ownRounds = rounds(plan, panel, Optional.empty(), ownForks);
    rounds(plan, panel, Optional.of(home), otherForks)
        .forEach(
            (round, measurement) -> {
              Measurement beside = ownRounds.get(round);
              if (beside != null) {
                own.add(beside);
                other.add(measurement);
              }
            });
  }

  /** Results of the measured arms; none when no round has both JVMs. */
  static List<JvmResult> of(Plan plan, Panel panel, String home, Forks own, Forks other) {
    JvmResults results = new JvmResults(plan, panel, home, own, other);
    return results.own.isEmpty()
        ? List.of()
        : panel.arms().stream()
            .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
            .map(results::result)
            .toList();
  }

  private static Map<Integer, Measurement> rounds(
      Plan plan, Panel panel, Optional<String> jvm, Forks forks) {
    List<Integer> planned =
        plan.forks().stream()
            .filter(fork -> fork.panel().equals(panel.name()) && fork.jvm().equals(jvm))
            .map(PlannedFork::index)
            .toList();
    Map<Integer, Measurement> byRound = new TreeMap<>();
    forks.lines().forEach(line -> byRound.put(planned.indexOf(line.fork()), line));
    return byRound;
  }

  private JvmResult result(Arm arm) {
    double[] logs = new double[own.size()];
    int[] rotations = new int[own.size()];
    for (int round = 0; round < logs.length; round++) {
      logs[round] = Math.log(median(other.get(round), arm) / median(own.get(round), arm));
      rotations[round] = own.get(round).rotation();
    }
    Estimate estimate = Estimate.of(logs, rotations);
    return new JvmResult(
        arm.name(),
        panel.suite(),
        own.get(0).jvm(),
        other.get(0).jvm(),
        new Ratio(
            Math.exp(estimate.mean()), estimate.judgedInterval(CONFIDENCE).map(Interval::exp)),
        logs.length);
  }

  private static double median(Measurement fork, Arm arm) {
    return CellResults.median(Forks.used(fork, Forks.find(fork, arm).cycleMedians()));
  }
}
