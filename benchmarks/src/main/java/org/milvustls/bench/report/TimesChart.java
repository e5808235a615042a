package org.milvustls.bench.report;

import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Interval;

/** The absolute times of one panel with their intervals, from zero. */
final class TimesChart {
  private static final double NANOS = 1e6;

  private TimesChart() {}

  /** The chart of a panel; absent when nothing of it was measured. */
  static Optional<XYChart> of(Panel panel, Summary summary, Labels labels, ArmStyles styles) {
    List<CellResult> cells =
        summary.cells().stream()
            .filter(cell -> cell.panel().equals(panel.name()) && cell.kind() == Arm.Kind.MEASURED)
            .toList();
    return cells.isEmpty() ? Optional.empty() : Optional.of(draw(panel, cells, labels, styles));
  }

  private static XYChart draw(
      Panel panel, List<CellResult> cells, Labels labels, ArmStyles styles) {
    List<RowChart.Row> rows = cells.stream().map(cell -> row(cell, labels, styles)).toList();
    double largest =
        rows.stream()
            .mapToDouble(row -> row.interval().map(Interval::high).orElse(row.value()))
            .max()
            .orElse(1);
    return RowChart.draw(
        new RowChart.Words(
            "Time of one operation: " + panel.title(),
            "median, mean over forks; ms",
            "lines: 95 % confidence intervals; they hold for this machine and this hour"),
        List.of(new RowChart.Section("", Optional.empty(), rows)),
        (left, right) -> new TimeScale(largest, left, right));
  }

  private static RowChart.Row row(CellResult cell, Labels labels, ArmStyles styles) {
    Value median = cell.medianNanos();
    return new RowChart.Row(
        labels.of(cell.arm()),
        median.mean() / NANOS,
        median.interval().map(i -> new Interval(Math.max(0, i.low()) / NANOS, i.high() / NANOS)),
        styles.color(cell.arm()),
        Numbers.cost(median));
  }
}
