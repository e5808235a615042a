package org.milvustls.bench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.ControlResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Interval;

/**
 * The ratios of one panel with their intervals, in a section for each question. A band behind them
 * shows how much the baseline differed from itself.
 */
final class RatioChart {
  private final Summary summary;
  private final Labels labels;
  private final ArmStyles styles;
  private final List<ComparisonResult> comparisons;

  private RatioChart(Panel panel, Summary summary, Labels labels, ArmStyles styles) {
    this.summary = summary;
    this.labels = labels;
    this.styles = styles;
    this.comparisons =
        summary.comparisons().stream()
            .filter(
                comparison ->
                    comparison.panel().equals(panel.name()) && !comparison.pairs().isEmpty())
            .toList();
  }

  /** The chart of a panel; absent when nothing of it was measured. */
  static Optional<XYChart> of(Panel panel, Summary summary, Labels labels, ArmStyles styles) {
    RatioChart chart = new RatioChart(panel, summary, labels, styles);
    return chart.comparisons.isEmpty() ? Optional.empty() : Optional.of(chart.draw(panel));
  }

  private XYChart draw(Panel panel) {
    return RowChart.draw(
        new RowChart.Words(
            "Time relative to the baseline: " + panel.title(),
            "ratio to the baseline (1 = as long; logarithmic)",
            "lines: confidence intervals; grey: how far the baseline, measured twice, differed from"
                + " itself (A/A control)"
                + missing(panel)),
        comparisons.stream().map(this::section).toList(),
        (left, right) -> new RatioScale(reach(), left, right));
  }

  private RowChart.Section section(ComparisonResult comparison) {
    return new RowChart.Section(
        comparison.question() + "   [1 = " + labels.of(comparison.baseline()) + "]",
        control(comparison),
        comparison.pairs().stream().map(this::row).toList());
  }

  private RowChart.Row row(Pair pair) {
    return new RowChart.Row(
        labels.of(pair.arm()),
        pair.ratio().ratio(),
        pair.ratio().interval(),
        styles.color(pair.arm()),
        Numbers.ratio(pair.ratio()) + "  " + pair.verdict().words());
  }

  private Optional<Interval> control(ComparisonResult comparison) {
    return summary.trust().controls().stream()
        .filter(control -> control.panel().equals(comparison.panel()))
        .filter(control -> control.baseline().equals(comparison.baseline()))
        .map(ControlResult::ratio)
        .findFirst()
        .flatMap(Summary.Ratio::interval);
  }

  private String missing(Panel panel) {
    long cells = labels.missing(panel, summary.unavailable()).size();
    return cells == 0 ? "" : "; not measured: " + Numbers.count((int) cells, "cell", "cells");
  }

  private double[] reach() {
    return comparisons.stream()
        .flatMap(comparison -> comparison.pairs().stream())
        .map(Pair::ratio)
        .flatMapToDouble(
            ratio ->
                ratio
                    .interval()
                    .map(i -> DoubleStream.of(i.low(), i.high()))
                    .orElse(DoubleStream.of(ratio.ratio())))
        .toArray();
  }
}
