package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.milvustls.bench.result.Summary.CostModel;
import org.milvustls.bench.result.Summary.CostTerm;
import org.milvustls.bench.result.Summary.HeldOut;
import org.milvustls.bench.result.Summary.Settings;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.tls.TlsMode;

/**
 * What one connection and one search cost with the settings that a run measured. A term is there
 * when the run can support it; the sums that a reader makes of terms hold for a machine that is not
 * saturated.
 */
final class Costs {
  /** A sum of two terms, each with this confidence, has 95 %. */
  private static final double CONFIDENCE = 0.975;

  /** The first panel in the plan's order that measured an arm. */
  private final Map<Arm, Panel> panels = new LinkedHashMap<>();

  private final Function<Panel, Forks> forks;
  private final List<Arm> arms;

  private Costs(Plan plan, Function<Panel, Forks> forks) {
    this.forks = forks;
    plan.panels().stream()
        .filter(panel -> panel.suite().needsMilvus())
        .filter(panel -> !forks.apply(panel).isEmpty())
        .forEach(
            panel ->
                panel.arms().stream()
                    .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
                    .forEach(arm -> panels.putIfAbsent(arm, panel)));
    this.arms = List.copyOf(panels.keySet());
  }

  static CostModel of(Plan plan, Function<Panel, Forks> forks) {
    Costs costs = new Costs(plan, forks);
    return new CostModel(CONFIDENCE, costs.settings(), costs.heldOut());
  }

  private Forks of(Arm arm) {
    return forks.apply(Objects.requireNonNull(panels.get(arm)));
  }

  private List<Settings> settings() {
    Map<String, List<Arm>> bySettings = new LinkedHashMap<>();
    for (Arm arm : arms) {
      bySettings.computeIfAbsent(settings(arm.cell()), s -> new ArrayList<>()).add(arm);
    }
    return bySettings.entrySet().stream()
        .map(
            entry ->
                new Settings(
                    entry.getKey(),
                    term(entry.getValue(), Operation.CONNECT),
                    term(entry.getValue(), Operation.SEARCH)))
        .filter(s -> s.connection().isPresent() || s.search().isPresent())
        .toList();
  }

  /** The part of a cell's name behind the operation. */
  private static String settings(Cell cell) {
    return cell.name().substring(cell.operation().id().length() + 1);
  }

  private Optional<CostTerm> term(List<Arm> ofSettings, Operation operation) {
    return ofSettings.stream()
        .filter(arm -> arm.cell().operation() == operation)
        .findFirst()
        .map(this::term);
  }

  private CostTerm term(Arm arm) {
    Forks measured = of(arm);
    boolean serverSeen =
        measured.lines().stream()
            .allMatch(fork -> Forks.find(fork, arm).serverCpuNanos().isPresent());
    return new CostTerm(
        arm.name(),
        value(measured, fork -> median(fork, arm)),
        value(measured, fork -> Forks.find(fork, arm).cpuNanos()),
        serverSeen
            ? Optional.of(
                value(measured, fork -> Forks.find(fork, arm).serverCpuNanos().orElseThrow()))
            : Optional.empty());
  }

  private static Value value(Forks measured, ToDoubleFunction<Measurement> ofFork) {
    Estimate estimate = measured.over(ofFork);
    return new Value(estimate.mean(), estimate.judgedInterval(CONFIDENCE));
  }

  private static double median(Measurement fork, Arm arm) {
    return CellResults.median(Forks.used(fork, Forks.find(fork, arm).cycleMedians()));
  }

  // --- a test on cells that the terms were not fitted to -----------------------------------------

  /**
   * Costs that add up can be predicted: mutual authentication adds to one provider what it adds to
   * the other. One mutual cell for each operation is left out and predicted by the three others.
   */
  private List<HeldOut> heldOut() {
    List<HeldOut> tests = new ArrayList<>();
    for (Operation operation : List.of(Operation.CONNECT, Operation.SEARCH)) {
      List<Arm> mutual =
          arms.stream()
              .filter(arm -> arm.cell().operation() == operation)
              .filter(arm -> arm.cell().mode() == TlsMode.MUTUAL)
              .filter(arm -> oneWay(arm).isPresent())
              .toList();
      if (mutual.size() >= 2
          && Objects.equals(panels.get(mutual.get(1)), panels.get(mutual.get(0)))) {
        tests.add(heldOut(mutual.get(1), mutual.get(0)));
      }
    }
    return tests;
  }

  private Optional<Arm> oneWay(Arm mutual) {
    Arm wanted =
        Arm.measured(new Cell(mutual.cell().operation(), TlsMode.SERVER, mutual.cell().tls()));
    return Optional.of(wanted)
        .filter(panels::containsKey)
        .filter(arm -> Objects.equals(panels.get(arm), panels.get(mutual)));
  }

  private HeldOut heldOut(Arm left, Arm other) {
    Arm leftOneWay = oneWay(left).orElseThrow();
    Arm otherOneWay = oneWay(other).orElseThrow();
    ToDoubleFunction<Measurement> predicted =
        fork -> median(fork, leftOneWay) + median(fork, other) - median(fork, otherOneWay);
    Forks measured = of(left);
    return new HeldOut(
        left.name(),
        List.of(leftOneWay.name(), other.name(), otherOneWay.name()),
        measured.over(predicted).mean(),
        measured.over(fork -> median(fork, left)).mean(),
        Value.of(measured.over(fork -> median(fork, left) - predicted.applyAsDouble(fork))));
  }
}
