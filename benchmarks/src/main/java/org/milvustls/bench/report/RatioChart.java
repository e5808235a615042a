package org.milvustls.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Interval;

/**
 * The ratios of one suite with their intervals, one row each, the baseline as a line at 1 and the
 * A/A controls below. A logarithmic axis, so that half and double are equally far from 1.
 */
final class RatioChart {
  private static final int WIDTH = 1200;
  private static final int ROW = 46;

  /** Width of one character of the labels in pixels, rather more than less. */
  private static final int CHARACTER = 9;

  private static final Color INK = new Color(0x22, 0x22, 0x22);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Color CONTROL = new Color(0x77, 0x77, 0x77);
  // Okabe and Ito's palette, told apart with any colour vision.
  private static final Color JDK = new Color(0xd5, 0x5e, 0x00);
  private static final Color BORINGSSL = new Color(0x00, 0x72, 0xb2);
  private static final Color OTHER = new Color(0x00, 0x9e, 0x73);

  private record Row(String label, double ratio, Optional<Interval> interval, Color color) {}

  private final Suite suite;
  private final List<Row> rows = new ArrayList<>();

  private RatioChart(Suite suite, Summary summary, Labels labels) {
    this.suite = suite;
    for (ComparisonResult comparison : summary.comparisons()) {
      if (comparison.suite() == suite) {
        comparison.pairs().forEach(pair -> rows.add(row(pair, labels, color(pair.arm()))));
      }
    }
    summary.trust().controls().stream()
        .filter(
            pair ->
                summary.cells().stream()
                    .anyMatch(c -> c.suite() == suite && c.arm().equals(pair.arm())))
        .forEach(pair -> rows.add(row(pair, labels, CONTROL)));
  }

  /** The chart of a suite; absent when nothing of it was measured. */
  static Optional<RatioChart> of(Suite suite, Summary summary, Labels labels) {
    RatioChart chart = new RatioChart(suite, summary, labels);
    return chart.rows.isEmpty() ? Optional.empty() : Optional.of(chart);
  }

  private static Row row(Pair pair, Labels labels, Color color) {
    String label =
        color.equals(CONTROL)
            ? labels.of(pair.arm())
            : labels.of(pair.arm()) + "  /  " + labels.of(pair.baseline());
    return new Row(label, pair.ratio().ratio(), pair.ratio().interval(), color);
  }

  private static Color color(String arm) {
    return arm.contains("/jdk/") ? JDK : arm.contains("/boringssl/") ? BORINGSSL : OTHER;
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
            .height(150 + ROW * (rows.size() + 1))
            .theme(ChartTheme.XChart)
            .title("What TLS costs: " + suite.title())
            .xAxisTitle(
                "time relative to the baseline named behind the slash ("
                    + (logarithmic() ? "logarithmic; " : "")
                    + "1 = as long; lines: confidence intervals)")
            .build();
    style(chart);
    line(chart, "1", 1, 0.3, 1, rows.size() + 0.7, INK, 1.5f);
    for (int i = 0; i < rows.size(); i++) {
      draw(chart, rows.get(i), rows.size() - i);
    }
    return chart;
  }

  private void style(XYChart chart) {
    var style = chart.getStyler();
    style.setLegendVisible(false);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridHorizontalLinesVisible(false);
    style.setXAxisLogarithmic(logarithmic());
    style.setXAxisMin(axisMin());
    style.setXAxisMax(axisMax());
    style.setYAxisMin(0.0);
    style.setYAxisMax(rows.size() + 1.0);
    style.setYAxisTicksVisible(false);
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    style.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    style.setAnnotationTextFontColor(INK);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
    chart.setCustomXAxisTickLabelsFormatter(
        tick -> String.format(Locale.ROOT, tick < 1 ? "%.2g" : "%.3g", tick));
  }

  /** Decades need room; within a factor of four a linear axis reads better. */
  private boolean logarithmic() {
    return axisMax() / axisMin() > 4;
  }

  private double axisMin() {
    return Math.min(
        0.9,
        rows.stream()
                .mapToDouble(row -> row.interval().map(Interval::low).orElse(row.ratio()))
                .min()
                .orElse(1)
            * 0.93);
  }

  private double axisMax() {
    return Math.max(
        1.1,
        rows.stream()
                .mapToDouble(row -> row.interval().map(Interval::high).orElse(row.ratio()))
                .max()
                .orElse(1)
            * 1.12);
  }

  private void draw(XYChart chart, Row row, int y) {
    row.interval()
        .ifPresent(i -> line(chart, "interval " + y, i.low(), y, i.high(), y, row.color(), 5f));
    XYSeries point = chart.addSeries("point " + y, new double[] {row.ratio()}, new double[] {y});
    point.setMarker(SeriesMarkers.DIAMOND);
    point.setMarkerColor(row.color());
    point.setLineColor(row.color());
    chart.addAnnotation(annotation(row, y));
  }

  /** Label and ratio above the interval, moved inwards where the text would leave the plot. */
  private AnnotationText annotation(Row row, int y) {
    String text =
        row.label()
            + ":  "
            + String.format(Locale.ROOT, "%.3g", row.ratio())
            + (row.interval().isPresent() ? "" : " (no interval)");
    double span = scaled(axisMax()) - scaled(axisMin());
    double half = span * text.length() * CHARACTER / 2 / WIDTH;
    double low = scaled(axisMin()) + half;
    double high = scaled(axisMax()) - half;
    double center = Math.max(low, Math.min(high, scaled(row.ratio())));
    return new AnnotationText(text, logarithmic() ? Math.exp(center) : center, y + 0.33, false);
  }

  private double scaled(double ratio) {
    return logarithmic() ? Math.log(ratio) : ratio;
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
    XYSeries series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }
}
