package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.result.Summary.CostModel;
import org.milvustls.bench.result.Summary.CostTerm;
import org.milvustls.bench.result.Summary.HeldOut;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.result.Summary.Settings;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.tls.TlsMode;

/**
 * The cost model of a run. The costs of a connection and of a search are those of their cells. The
 * costs of a KiB and of a millisecond of round-trip time are the slopes between the two cells that
 * lie farthest apart. The cells between them are held out and predicted, and so are all other cells
 * that additive costs can predict.
 */
final class Costs {
  /** A sum of five terms, each with this confidence, has 95 %. */
  private static final double CONFIDENCE = 1 - 0.05 / 5;

  /**
   * The small search returns no vectors and saves the server a step, so it is not on their line.
   */
  private static final List<Operation> RETURNING_VECTORS =
      Operation.payloads().stream().filter(operation -> operation != Operation.SEARCH).toList();

  private static final double NANOS = 1e6;

  private final ArmCosts costs;
  private final Optional<Loads> load;
  private final List<HeldOut> heldOut = new ArrayList<>();

  private Costs(ArmCosts costs, Optional<Loads> load) {
    this.costs = costs;
    this.load = load;
  }

  static CostModel of(ArmCosts costs, Optional<Loads> load) {
    return new Costs(costs, load).model();
  }

  private CostModel model() {
    Map<String, Cell> bySettings = new LinkedHashMap<>();
    costs.arms().forEach(arm -> bySettings.putIfAbsent(settings(arm.cell()), arm.cell()));
    List<Settings> settings = new ArrayList<>();
    for (Map.Entry<String, Cell> entry : bySettings.entrySet()) {
      Settings one = settings(entry.getKey(), entry.getValue());
      if (one.connection().isPresent() || one.search().isPresent()) {
        settings.add(one);
      }
    }
    mutual();
    load.ifPresent(this::calls);
    return new CostModel(CONFIDENCE, List.copyOf(settings), List.copyOf(heldOut));
  }

  /** The part of a cell's name behind the operation. */
  private static String settings(Cell cell) {
    return cell.name().substring(cell.operation().id().length() + 1);
  }

  private Settings settings(String name, Cell cell) {
    Optional<Line> payload = line(cell, RETURNING_VECTORS, costs::kibibytes);
    Optional<Line> distance =
        line(
            cell,
            Operation.distances(),
            arm -> Optional.of(arm.cell().operation().roundTrip().toNanos() / NANOS));
    return new Settings(
        name,
        costs.find(Operation.CONNECT, cell).flatMap(arm -> term(Map.of(arm, 1.0))),
        costs.find(Operation.SEARCH, cell).flatMap(arm -> term(Map.of(arm, 1.0))),
        vectors(cell, payload),
        payload.flatMap(line -> term(line.slope())),
        distance.flatMap(line -> term(line.slope())));
  }

  /**
   * Cost of a search that returns vectors above the small search, at the payload of the small one.
   */
  private Optional<CostTerm> vectors(Cell cell, Optional<Line> payload) {
    Optional<Arm> search = costs.find(Operation.SEARCH, cell);
    Optional<Double> kibibytes = search.flatMap(costs::kibibytes);
    if (payload.isEmpty() || kibibytes.isEmpty()) {
      return Optional.empty();
    }
    Map<Arm, Double> weights = payload.get().at(kibibytes.get());
    weights.put(search.get(), -1.0);
    return term(weights);
  }

  private Optional<CostTerm> term(Map<Arm, Double> weights) {
    return costs
        .sum(Metric.TIME, weights)
        .map(
            time ->
                new CostTerm(
                    weights.keySet().stream().map(Arm::name).toList(),
                    value(time),
                    value(costs.sum(Metric.CLIENT_CPU, weights).orElseThrow()),
                    costs.sum(Metric.SERVER_CPU, weights).map(Costs::value)));
  }

  private static Value value(Estimate estimate) {
    return new Value(estimate.mean(), estimate.judgedInterval(CONFIDENCE));
  }

  // --- lines, and the cells between their ends ---------------------------------------------------

  private record Point(Arm arm, double x) {}

  /** A line through two cells. */
  private record Line(Point first, Point last) {
    Map<Arm, Double> slope() {
      double length = last.x() - first.x();
      return weights(first.arm(), -1 / length, last.arm(), 1 / length);
    }

    Map<Arm, Double> at(double x) {
      double share = (x - first.x()) / (last.x() - first.x());
      return weights(first.arm(), 1 - share, last.arm(), share);
    }
  }

  /** Holds out the points between the ends. */
  private Optional<Line> line(
      Cell settings, List<Operation> operations, Function<Arm, Optional<Double>> x) {
    List<Point> points =
        operations.stream()
            .flatMap(operation -> costs.find(operation, settings).stream())
            .flatMap(arm -> x.apply(arm).map(at -> new Point(arm, at)).stream())
            .sorted(Comparator.comparingDouble(Point::x))
            .toList();
    if (points.size() < 2 || points.get(0).x() == points.get(points.size() - 1).x()) {
      return Optional.empty();
    }
    Line line = new Line(points.get(0), points.get(points.size() - 1));
    points.subList(1, points.size() - 1).forEach(p -> holdOut(p.arm(), line.at(p.x())));
    return Optional.of(line);
  }

  private static Map<Arm, Double> weights(Arm one, double weight, Arm other, double otherWeight) {
    Map<Arm, Double> weights = new LinkedHashMap<>();
    weights.put(one, weight);
    weights.put(other, otherWeight);
    return weights;
  }

  // --- held-out cells ----------------------------------------------------------------------------

  private void holdOut(Arm left, Map<Arm, Double> from) {
    Map<Arm, Double> error = new LinkedHashMap<>();
    from.forEach((arm, weight) -> error.put(arm, -weight));
    error.put(left, 1.0);
    for (Metric metric : Metric.values()) {
      costs
          .sum(metric, error)
          .ifPresent(
              missed ->
                  heldOut.add(
                      new HeldOut(
                          left.name(),
                          metric,
                          from.keySet().stream().map(Arm::name).toList(),
                          costs.sum(metric, from).orElseThrow().mean(),
                          costs.sum(metric, Map.of(left, 1.0)).orElseThrow().mean(),
                          Value.of(missed))));
    }
  }

  /** Mutual authentication adds to one provider what it adds to the other. */
  private void mutual() {
    for (Operation operation : List.of(Operation.CONNECT, Operation.SEARCH)) {
      List<Arm> mutual =
          costs.arms().stream()
              .filter(arm -> arm.cell().operation() == operation)
              .filter(arm -> arm.cell().mode() == TlsMode.MUTUAL)
              .filter(arm -> oneWay(arm).isPresent())
              .toList();
      if (mutual.size() >= 2) {
        Arm other = mutual.get(0);
        Arm left = mutual.get(1);
        Map<Arm, Double> from = new LinkedHashMap<>();
        from.put(oneWay(left).orElseThrow(), 1.0);
        from.put(other, 1.0);
        from.put(oneWay(other).orElseThrow(), -1.0);
        holdOut(left, from);
      }
    }
  }

  private Optional<Arm> oneWay(Arm mutual) {
    Cell cell = mutual.cell();
    return costs.find(cell.operation(), new Cell(cell.operation(), TlsMode.SERVER, cell.tls()));
  }

  /** CPU at a rate is the rate times the CPU of one search. */
  private void calls(Loads loads) {
    for (Arm arm : loads.measured()) {
      costs
          .find(Operation.SEARCH, arm.cell())
          .ifPresent(
              search -> {
                call(loads, arm, search, Metric.CLIENT_CPU);
                call(loads, arm, search, Metric.SERVER_CPU);
              });
    }
  }

  private void call(Loads loads, Arm arm, Arm search, Metric metric) {
    loads
        .cpuOfCall(arm, metric)
        .ifPresent(
            measured ->
                costs
                    .sum(metric, Map.of(search, -1.0))
                    .ifPresent(
                        less ->
                            heldOut.add(
                                new HeldOut(
                                    arm.name(),
                                    metric,
                                    List.of(search.name()),
                                    -less.mean(),
                                    measured.mean(),
                                    Value.of(Estimate.sum(List.of(measured, less)))))));
  }
}
