package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Summary.Best;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Estimate;

/**
 * Finds the cheapest of the cells that do the same job, where the intervals separate it. Cells do
 * the same job when operation, mode, resumption, memory of the chain and the server are the same.
 * Provider, protocol, cipher suite, group and key type are the choice.
 */
final class Choices {
  private final String panel;
  private final Forks forks;
  private final double confidence;

  private Choices(String panel, Forks forks, double confidence) {
    this.panel = panel;
    this.forks = forks;
    this.confidence = confidence;
  }

  /** One entry for each job of a panel that more than one cell does, and for each metric. */
  static List<Best> of(Panel panel, Forks forks, double confidence) {
    Map<String, List<Arm>> jobs = new LinkedHashMap<>();
    for (Arm arm : panel.arms()) {
      if (arm.kind() == Arm.Kind.MEASURED && arm.cell().tls().isPresent()) {
        jobs.computeIfAbsent(job(arm.cell()), job -> new ArrayList<>()).add(arm);
      }
    }
    List<Best> found = new ArrayList<>();
    if (!forks.isEmpty()) {
      Choices choices = new Choices(panel.name(), forks, confidence);
      for (List<Arm> arms : jobs.values()) {
        for (Metric metric : Metric.values()) {
          if (arms.size() > 1 && choices.isMeasured(metric, arms)) {
            found.add(choices.best(metric, arms));
          }
        }
      }
    }
    return found;
  }

  private static String job(Cell cell) {
    Cell.Tls tls = cell.tls().orElseThrow();
    return String.join(
        "/",
        cell.operation().id(),
        cell.mode().id(),
        tls.resumption().id(),
        tls.chain().id(),
        tls.server().id());
  }

  private boolean isMeasured(Metric metric, List<Arm> arms) {
    return forks.lines().stream()
        .allMatch(fork -> arms.stream().allMatch(arm -> value(metric, fork, arm) > 0));
  }

  /** CPU of one operation; NaN where it was not readable. Times are compared cycle by cycle. */
  private static double value(Metric metric, Measurement fork, Arm arm) {
    Measurement.ArmMeasurement measured = Forks.find(fork, arm);
    return switch (metric) {
      case TIME -> 1;
      case CLIENT_CPU -> measured.cpuNanos();
      case SERVER_CPU -> measured.serverCpuNanos().orElse(Double.NaN);
    };
  }

  private Estimate logRatio(Metric metric, Arm arm, Arm other) {
    return metric == Metric.TIME
        ? forks.logRatio(arm, other)
        : forks.over(fork -> Math.log(value(metric, fork, arm) / value(metric, fork, other)));
  }

  /**
   * The arm whose interval against every other excludes 1. The intervals of all pairs are
   * simultaneous (Bonferroni), which allows for the choice of the smallest after looking at all.
   */
  private Best best(Metric metric, List<Arm> arms) {
    int pairs = arms.size() * (arms.size() - 1) / 2;
    double together = Estimate.simultaneous(confidence, pairs);
    Optional<Arm> best =
        arms.stream()
            .filter(
                arm ->
                    arms.stream()
                        .filter(other -> !other.equals(arm))
                        .allMatch(other -> isCheaper(logRatio(metric, arm, other), together)))
            .findFirst();
    return new Best(
        panel, metric, arms.stream().map(Arm::name).toList(), best.map(Arm::name), confidence);
  }

  private static boolean isCheaper(Estimate logRatio, double together) {
    return logRatio.judgedInterval(together).map(interval -> interval.high() < 0).orElse(false);
  }
}
