package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Estimate;

/**
 * The costs of operations on Milvus, and their weighted sums. Arms of one panel are added fork by
 * fork, panels as independent estimates.
 */
final class ArmCosts {
  /** The first panel in the plan's order that measured an arm. */
  private final Map<Arm, Panel> panels = new LinkedHashMap<>();

  private final Function<Panel, Forks> forks;

  ArmCosts(Plan plan, Function<Panel, Forks> forks) {
    this.forks = forks;
    plan.panels().stream()
        .filter(panel -> panel.suite().needsMilvus())
        .filter(panel -> !forks.apply(panel).isEmpty())
        .forEach(
            panel ->
                panel.arms().stream()
                    .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
                    .forEach(arm -> panels.putIfAbsent(arm, panel)));
  }

  /** Every arm that was measured, in the plan's order. */
  List<Arm> arms() {
    return List.copyOf(panels.keySet());
  }

  /** An operation with the settings of a cell, when it was measured. */
  Optional<Arm> find(Operation operation, Cell settings) {
    return Optional.of(Arm.measured(new Cell(operation, settings.mode(), settings.tls())))
        .filter(panels::containsKey);
  }

  /** KiB on the wire of one operation, both ways; absent where they were not counted. */
  Optional<Double> kibibytes(Arm arm) {
    return Forks.find(of(arm).lines().get(0), arm)
        .wire()
        .map(wire -> (wire.sent() + wire.received()) / 1024.0);
  }

  /** Sum over arms of weight times cost, ns; absent when one of them is missing in a fork. */
  Optional<Estimate> sum(Metric metric, Map<Arm, Double> weights) {
    Map<Panel, Map<Arm, Double>> byPanel = new LinkedHashMap<>();
    weights.forEach(
        (arm, weight) ->
            byPanel.computeIfAbsent(panel(arm), panel -> new LinkedHashMap<>()).put(arm, weight));
    List<Estimate> sums = new ArrayList<>();
    for (Map<Arm, Double> ofPanel : byPanel.values()) {
      Forks measured = of(ofPanel.keySet().iterator().next());
      for (Measurement fork : measured.lines()) {
        if (ofPanel.keySet().stream().anyMatch(arm -> cost(metric, fork, arm).isEmpty())) {
          return Optional.empty();
        }
      }
      sums.add(
          measured.over(
              fork ->
                  ofPanel.entrySet().stream()
                      .mapToDouble(e -> e.getValue() * cost(metric, fork, e.getKey()).orElseThrow())
                      .sum()));
    }
    return Optional.of(Estimate.sum(sums));
  }

  private Panel panel(Arm arm) {
    return Objects.requireNonNull(panels.get(arm), arm.name());
  }

  private Forks of(Arm arm) {
    return forks.apply(panel(arm));
  }

  private static Optional<Double> cost(Metric metric, Measurement fork, Arm arm) {
    ArmMeasurement measured = Forks.find(fork, arm);
    return switch (metric) {
      case TIME -> Optional.of(CellResults.median(Forks.used(fork, measured.cycleMedians())));
      case CLIENT_CPU -> Optional.of(measured.cpuNanos());
      case SERVER_CPU -> measured.serverCpuNanos();
    };
  }
}
