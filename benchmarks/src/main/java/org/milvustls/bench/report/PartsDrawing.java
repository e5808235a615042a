package org.milvustls.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Interval;

/** Draws the steps of a connection, each on its own: where TLS spends its time. */
final class PartsDrawing {
  private static final double NANOS = 1e6;
  private static final Map<String, String> STEPS =
      Map.of("tcp", "TCP", "tls", "TLS", "http2", "HTTP/2", "rpc", "first RPC");

  private PartsDrawing() {}

  /** The chart of a panel; absent when none of its operations is timed in steps. */
  static Optional<Drawing> of(
      Panel panel, List<CellResult> measured, Labels labels, ArmStyles styles) {
    List<CellResult> cells =
        measured.stream().filter(cell -> cell.partNanos().containsKey("tcp")).toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    List<RowChart.Section> sections = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    double largest = 0;
    for (CellResult cell : cells) {
      List<RowChart.Row> steps = new ArrayList<>();
      for (Map.Entry<String, Value> part : cell.partNanos().entrySet()) {
        String step = STEPS.getOrDefault(part.getKey(), part.getKey());
        Value value = part.getValue();
        RowChart.Row row = row(step, value, styles.color(cell.arm()));
        largest = Math.max(largest, row.interval().map(Interval::high).orElse(row.value()));
        steps.add(row);
        rows.add(
            Table.Row.of(
                Table.Td.of(labels.of(cell.arm())),
                Table.Td.of(step),
                Table.Td.number(Numbers.cost(value), value.mean())));
      }
      sections.add(new RowChart.Section(labels.of(cell.arm()), Optional.empty(), steps));
    }
    double end = largest;
    return Optional.of(
        new Drawing(
            panel.name() + "-parts",
            "Steps of a connection",
            "Median times of TCP, TLS, HTTP/2 and first RPC of panel "
                + panel.name()
                + " in milliseconds with 95 % confidence intervals; the numbers are in the table"
                + " below.",
            "TLS ends when the client has finished; HTTP/2 with the server's SETTINGS, which in mode"
                + " mutual wait for its judgement of the client's certificate.",
            RowChart.draw(
                new RowChart.Words(
                    "Steps of a connection: " + panel.title(),
                    "median, mean over forks; ms",
                    "lines: 95 % confidence intervals; medians of steps need not add up to the median"
                        + " of the whole"),
                sections,
                (left, right) -> new TimeScale(end, left, right)),
            new Table("Steps of a connection", List.of("arm", "step", "median (95 %)"), rows)));
  }

  private static RowChart.Row row(String step, Value value, java.awt.Color color) {
    return new RowChart.Row(
        step,
        value.mean() / NANOS,
        value.interval().map(i -> new Interval(Math.max(0, i.low()) / NANOS, i.high() / NANOS)),
        color,
        Numbers.cost(value));
  }
}
