package org.milvustls.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Interval;

/**
 * The ratios of one suite with their intervals: a heading for each question, a row for each arm, a
 * line at 1 for the baseline, and behind each row the band within which the baseline differed from
 * itself. Both axes count pixels, because XChart cannot put words at the places that a table needs.
 */
final class RatioChart {
  private static final int WIDTH = 1200;
  private static final int ROW = 36;
  private static final int FOOT = 80;
  private static final double LEFT = 20;
  private static final double LABELS_END = 335;
  private static final double PLOT_START = 355;
  private static final double PLOT_END = 890;
  private static final double NUMBERS_START = 910;

  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Color BAND = new Color(0xe3, 0xe3, 0xe3);
  // Okabe and Ito's palette, told apart with any colour vision.
  private static final Color JDK = new Color(0xd5, 0x5e, 0x00);
  private static final Color BORINGSSL = new Color(0x00, 0x72, 0xb2);
  private static final Color OTHER = new Color(0x00, 0x9e, 0x73);

  private final Suite suite;
  private final Summary summary;
  private final Labels labels;
  private final List<ComparisonResult> comparisons;
  private final RatioScale scale;
  private final int height;

  private RatioChart(Suite suite, Summary summary, Labels labels) {
    this.suite = suite;
    this.summary = summary;
    this.labels = labels;
    this.comparisons =
        summary.comparisons().stream()
            .filter(comparison -> comparison.suite() == suite && !comparison.pairs().isEmpty())
            .toList();
    this.scale = new RatioScale(reach(), PLOT_START, PLOT_END);
    int rows = comparisons.stream().mapToInt(c -> c.pairs().size() + 1).sum();
    this.height = FOOT + ROW * rows;
  }

  /** The chart of a suite; absent when nothing of it was measured. */
  static Optional<RatioChart> of(Suite suite, Summary summary, Labels labels) {
    RatioChart chart = new RatioChart(suite, summary, labels);
    return chart.comparisons.isEmpty() ? Optional.empty() : Optional.of(chart);
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

  byte[] png() throws IOException {
    return ChartEncoder.getBytes(chart(), "png");
  }

  byte[] svg() throws IOException {
    return ChartEncoder.getBytes(chart(), "svg");
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height + 50)
            .theme(ChartTheme.XChart)
            .title("What TLS costs: " + suite.title())
            .build();
    style(chart);
    bands(chart);
    axis(chart);
    rows(chart);
    return chart;
  }

  private void style(XYChart chart) {
    var style = chart.getStyler();
    style.setLegendVisible(false);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesVisible(false);
    style.setPlotContentSize(1.0);
    style.setAxisTicksVisible(false);
    style.setXAxisMin(0.0);
    style.setXAxisMax((double) WIDTH);
    style.setYAxisMin(0.0);
    style.setYAxisMax((double) height);
    style.setAnnotationTextFont(PLAIN);
    style.setAnnotationTextFontColor(INK);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
  }

  /** The band of each row's control, behind everything else. */
  private void bands(XYChart chart) {
    double y = height;
    for (ComparisonResult comparison : comparisons) {
      double top = y - ROW * 0.9;
      double bottom = y - ROW * (comparison.pairs().size() + 0.95);
      control(comparison)
          .ifPresent(
              band -> {
                double[] xs = {
                  scale.x(band.low()),
                  scale.x(band.high()),
                  scale.x(band.high()),
                  scale.x(band.low()),
                  scale.x(band.low())
                };
                double[] ys = {bottom, bottom, top, top, bottom};
                XYSeries series = chart.addSeries("band " + comparison.name(), xs, ys);
                series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
                series.setFillColor(BAND);
                series.setLineColor(BAND);
                series.setMarker(SeriesMarkers.NONE);
              });
      y -= ROW * (comparison.pairs().size() + 1);
    }
  }

  private Optional<Interval> control(ComparisonResult comparison) {
    return summary.trust().controls().stream()
        .filter(control -> control.baseline().equals(comparison.baseline()))
        .findFirst()
        .flatMap(control -> control.ratio().interval());
  }

  private void axis(XYChart chart) {
    for (double tick : scale.ticks()) {
      boolean one = Math.abs(tick - 1) < 1e-9;
      double x = scale.x(tick);
      double y = height;
      for (ComparisonResult comparison : comparisons) {
        double end = y - ROW * (comparison.pairs().size() + 1.0);
        String name = "tick " + tick + " " + comparison.name();
        line(chart, name, x, end, x, y - ROW * 0.85, one ? INK : GRID, one ? 1.5f : 1f);
        y = end;
      }
      text(chart, RatioScale.words(tick), x, FOOT - 14, 0.5);
    }
    text(
        chart,
        "time relative to the baseline (1 = as long; logarithmic)",
        (PLOT_START + PLOT_END) / 2,
        FOOT - 38,
        0.5);
    text(
        chart,
        "lines: confidence intervals; grey: how far the baseline, measured twice, differed from"
            + " itself (A/A control)"
            + missing(),
        LEFT,
        FOOT - 64,
        0);
  }

  private String missing() {
    int cells = summary.unavailable().size();
    return cells == 0 ? "" : "; not measured: " + Numbers.count(cells, "cell", "cells");
  }

  private void rows(XYChart chart) {
    double y = height;
    for (ComparisonResult comparison : comparisons) {
      y -= ROW;
      text(
          chart,
          comparison.question() + "   [1 = " + labels.of(comparison.baseline()) + "]",
          LEFT,
          y + ROW * 0.45,
          0);
      for (Pair pair : comparison.pairs()) {
        y -= ROW;
        row(chart, comparison.name() + " " + pair.arm(), pair, y + ROW * 0.5);
      }
    }
  }

  private void row(XYChart chart, String name, Pair pair, double y) {
    Color color = color(pair.arm());
    pair.ratio()
        .interval()
        .ifPresent(i -> line(chart, name, scale.x(i.low()), y, scale.x(i.high()), y, color, 4f));
    double x = scale.x(pair.ratio().ratio());
    XYSeries point = series(chart, name + " point", x, y, x, y, SeriesMarkers.CIRCLE);
    point.setMarkerColor(color);
    point.setLineColor(color);
    text(chart, labels.of(pair.arm()), LABELS_END, y, 1);
    text(chart, Numbers.ratio(pair.ratio()) + "  " + pair.verdict().words(), NUMBERS_START, y, 0);
  }

  private static Color color(String arm) {
    return arm.contains("/jdk/") ? JDK : arm.contains("/boringssl/") ? BORINGSSL : OTHER;
  }

  /** Puts a text so that this share of it lies to the left of x. */
  private static void text(XYChart chart, String words, double x, double y, double share) {
    double center = x + width(words) * (0.5 - share);
    chart.addAnnotation(new AnnotationText(words, center, y, false));
  }

  private static double width(String words) {
    return PLAIN.getStringBounds(words, MEASURE).getWidth();
  }

  private static void line(
      XYChart chart,
      String name,
      double x1,
      double y1,
      double x2,
      double y2,
      Color color,
      float width) {
    XYSeries series = series(chart, name, x1, y1, x2, y2, SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
  }

  private static XYSeries series(
      XYChart chart, String name, double x1, double y1, double x2, double y2, Marker marker) {
    XYSeries series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    series.setMarker(marker);
    return series;
  }
}
