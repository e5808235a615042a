package org.milvustls.bench.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Interval;

/** Draws time against a quantity that differs between operations. */
final class CurveDrawings {
  private static final double NANOS = 1e6;
  private static final double KIB = 1024;
  private static final int FEWEST = 3;

  private final RunReport run;
  private final ArmStyles styles;
  private final Labels labels;

  CurveDrawings(RunReport run, Labels labels, ArmStyles styles) {
    this.run = run;
    this.labels = labels;
    this.styles = styles;
  }

  private record Point(Cell cell, CellResult result, double x) {}

  /** The curve that ends in this panel: the last one with operations of the panel. */
  Optional<Drawing> of(Panel panel) {
    List<Operation> here =
        panel.arms().stream().map(arm -> arm.cell().operation()).distinct().toList();
    if (here.contains(Operation.SEARCH_VECTORS_1536)) {
      return payload();
    }
    return here.contains(Operation.CONNECT_RTT_50) ? distance() : Optional.empty();
  }

  private Optional<Drawing> payload() {
    return curve(
        new Words(
            "payload",
            "Cost against payload",
            "bytes of one search and its answer on the wire; KiB (logarithmic)",
            "Searches that return ids, 10 and 100 vectors of dimension 128, and 100 of dimension 768"
                + " and 1536. The server works more for more, in plaintext too: the distance to the"
                + " line of plaintext is what TLS costs.",
            "payload"),
        Operation.payloads(),
        point -> point.result().wire().map(wire -> (wire.sent() + wire.received()) / KIB));
  }

  private Optional<Drawing> distance() {
    return curve(
        new Words(
            "round-trip",
            "Cost against round-trip time",
            "round-trip time; ms (logarithmic)",
            "A new connection and its first answer through a relay that delays what crosses it. TCP's"
                + " own handshake ends at the relay and is not delayed: a real network adds one"
                + " round trip to every line.",
            "round-trip time"),
        Operation.distances(),
        point -> Optional.of(point.cell().operation().roundTrip().toNanos() / NANOS));
  }

  private record Words(String id, String title, String axis, String note, String what) {}

  private Optional<Drawing> curve(
      Words words, List<Operation> operations, Function<Point, Optional<Double>> x) {
    Map<String, List<Point>> lines = points(operations, x);
    lines.values().removeIf(points -> points.size() < FEWEST);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<LineChart.Line> drawn = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    Map<Color, Integer> variants = new HashMap<>();
    for (List<Point> points : lines.values()) {
      ArmStyles.Look look = styles.look(points.get(0).result().arm());
      int variant = variants.merge(look.color(), 1, Integer::sum) - 1;
      drawn.add(line(points, look.variant(variant)));
      points.forEach(point -> rows.add(row(point)));
    }
    return Optional.of(
        new Drawing(
            words.id(),
            words.title(),
            "Median time in milliseconds against "
                + words.what()
                + " with 95 % confidence intervals, both axes logarithmic; the numbers are in the"
                + " table below.",
            words.note(),
            LineChart.draw(
                new LineChart.Axes(
                    words.title(),
                    words.axis(),
                    "median, mean over forks; ms (logarithmic)",
                    LineChart.Height.LOGARITHMIC,
                    true),
                drawn),
            new Table(words.title(), List.of("arm", words.axis(), "median (95 %)"), rows)));
  }

  /** Points of each line, by the settings that its cells share, from left to right. */
  private Map<String, List<Point>> points(
      List<Operation> operations, Function<Point, Optional<Double>> x) {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    for (Panel panel : run.plan().panels()) {
      for (Arm arm : panel.arms()) {
        if (arm.kind() == Arm.Kind.MEASURED && operations.contains(arm.cell().operation())) {
          run.measured(panel).stream()
              .filter(result -> result.arm().equals(arm.name()))
              .map(result -> new Point(arm.cell(), result, 0))
              .flatMap(
                  point ->
                      x
                          .apply(point)
                          .map(value -> new Point(point.cell(), point.result(), value))
                          .stream())
              .forEach(
                  point ->
                      lines
                          .computeIfAbsent(settings(point.cell()), name -> new ArrayList<>())
                          .add(point));
        }
      }
    }
    lines.values().forEach(points -> points.sort(Comparator.comparingDouble(Point::x)));
    return lines;
  }

  private static String settings(Cell cell) {
    return cell.name().substring(cell.operation().id().length());
  }

  private static LineChart.Line line(List<Point> points, ArmStyles.Look look) {
    Cell cell = points.get(0).cell();
    return new LineChart.Line(
        Labels.settings(cell),
        look,
        points.stream().map(Point::x).toList(),
        points.stream().map(point -> point.result().medianNanos().mean() / NANOS).toList(),
        points.stream()
            .map(
                point ->
                    point
                        .result()
                        .medianNanos()
                        .interval()
                        .map(i -> new Interval(i.low() / NANOS, i.high() / NANOS)))
            .toList());
  }

  private Table.Row row(Point point) {
    return Table.Row.of(
        Table.Td.of(labels.of(point.result().arm())),
        Table.Td.number(Numbers.digits(point.x()), point.x()),
        Table.Td.number(
            Numbers.cost(point.result().medianNanos()), point.result().medianNanos().mean()));
  }
}
