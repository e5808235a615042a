package org.milvustls.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.milvustls.bench.stats.Interval;

/**
 * Lines over a common axis, each in the style of its arm. This class draws the ticks of the y axis,
 * because XChart labels only powers of ten, and a factor of ten is rare here.
 */
final class LineChart {
  private static final int HEIGHT = 520;
  private static final int MOST_TICKS = 9;

  /** Room for the names of the ticks, as a share of the x axis. */
  private static final double MARGIN = 0.05;

  private static final double ROOM = 0.06;
  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  /**
   * A line.
   *
   * @param name in the legend; unique in a chart
   * @param look style of the line
   * @param xs positions of its points
   * @param ys values of its points
   * @param intervals around them, in their order; empty when none are drawn
   */
  record Line(
      String name,
      ArmStyles.Look look,
      List<Double> xs,
      List<Double> ys,
      List<Optional<Interval>> intervals) {
    Line(String name, ArmStyles.Look look, List<Double> xs, List<Double> ys) {
      this(name, look, xs, ys, List.of());
    }
  }

  /** The scale of the y axis. */
  enum Height {
    /** Logarithmic: half and double have the same distance. */
    LOGARITHMIC,
    /** Linear around 1; always includes 0.9 to 1.1. */
    AROUND_ONE
  }

  /**
   * Words and kinds of the axes.
   *
   * @param title above
   * @param x axis with its unit
   * @param y axis with its unit
   * @param height scale of the y axis
   * @param logarithmicWidth whether the x axis is logarithmic
   */
  record Axes(String title, String x, String y, Height height, boolean logarithmicWidth) {
    Axes(String title, String x, String y, Height height) {
      this(title, x, y, height, false);
    }
  }

  private final Axes axes;
  private final double low;
  private final double high;
  private final double left;
  private final double right;
  private final XYChart chart;

  private LineChart(Axes axes, List<Line> lines) {
    this.axes = axes;
    boolean logarithmic = axes.height() == Height.LOGARITHMIC;
    double least = ys(lines).min().orElse(1);
    double most = ys(lines).max().orElse(1);
    this.low = logarithmic ? least : Math.min(0.9, least);
    this.high = logarithmic ? most : Math.max(1.1, most);
    this.left = x(xs(lines).min().orElse(1));
    this.right = Math.max(left + 1e-9, x(xs(lines).max().orElse(1)));
    this.chart =
        new XYChartBuilder()
            .width(RowChart.WIDTH)
            .height(HEIGHT)
            .theme(ChartTheme.XChart)
            .title(axes.title())
            .xAxisTitle(axes.x())
            .yAxisTitle(axes.y())
            .build();
  }

  private static DoubleStream ys(List<Line> lines) {
    return DoubleStream.concat(
        lines.stream().flatMap(line -> line.ys().stream()).mapToDouble(Double::doubleValue),
        lines.stream()
            .flatMap(line -> line.intervals().stream())
            .flatMap(Optional::stream)
            .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high()))
            .filter(end -> end > 0));
  }

  private static DoubleStream xs(List<Line> lines) {
    return lines.stream().flatMap(line -> line.xs().stream()).mapToDouble(Double::doubleValue);
  }

  /** Draws lines; all values are above 0. */
  static XYChart draw(Axes axes, List<Line> lines) {
    LineChart chart = new LineChart(axes, lines);
    chart.style();
    chart.ticks();
    if (axes.logarithmicWidth()) {
      chart.ticksOfWidth();
    }
    lines.forEach(chart::line);
    return chart.chart;
  }

  private double x(double value) {
    return axes.logarithmicWidth() ? Math.log10(value) : value;
  }

  /** Draws the ticks of the x axis, for the same reason as those of the y axis. */
  private void ticksOfWidth() {
    double bottom = y(low) - Math.max(1e-6, y(high) - y(low)) * ROOM;
    double top = y(high) + Math.max(1e-6, y(high) - y(low)) * ROOM;
    for (double tick :
        Ticks.logarithmic(Math.pow(10, left), Math.pow(10, right) * (1 + 1e-9), MOST_TICKS)) {
      segment("width " + tick, x(tick), bottom, x(tick), top, ChartInk.GRID, new BasicStroke(1f));
      chart.addAnnotation(
          new AnnotationText(Ticks.words(tick), x(tick), bottom + (top - bottom) * 0.02, false));
    }
  }

  private XYSeries segment(
      String name, double x1, double y1, double x2, double y2, Color color, BasicStroke stroke) {
    XYSeries line = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(color);
    line.setLineStyle(stroke);
    line.setShowInLegend(false);
    return line;
  }

  private double y(double value) {
    return axes.height() == Height.LOGARITHMIC ? Math.log10(value) : value;
  }

  private void ticks() {
    List<Double> ticks =
        axes.height() == Height.LOGARITHMIC
            ? Ticks.logarithmic(low, high, MOST_TICKS)
            : Ticks.linear(low, high, MOST_TICKS);
    for (double tick : ticks) {
      boolean one = axes.height() == Height.AROUND_ONE && Math.abs(tick - 1) < 1e-9;
      Color color = one ? ChartInk.INK : ChartInk.GRID;
      segment("tick " + tick, left, y(tick), right, y(tick), color, new BasicStroke(1f));
      chart.addAnnotation(
          new AnnotationText(
              Ticks.words(tick), left - (right - left) * MARGIN * 0.55, y(tick), false));
    }
  }

  private void line(Line line) {
    XYSeries series =
        chart.addSeries(
            line.name(),
            line.xs().stream().map(this::x).toList(),
            line.ys().stream().map(this::y).toList());
    series.setLineColor(line.look().color());
    series.setLineStyle(line.look().stroke());
    series.setMarker(line.look().marker());
    series.setMarkerColor(line.look().color());
    for (int i = 0; i < line.intervals().size(); i++) {
      double at = x(line.xs().get(i));
      String name = "interval " + i + " of " + line.name();
      line.intervals()
          .get(i)
          .ifPresent(
              interval ->
                  segment(
                      name,
                      at,
                      y(Math.max(low, interval.low())),
                      at,
                      y(interval.high()),
                      line.look().color(),
                      new BasicStroke(3f)));
    }
  }

  private void style() {
    double room = Math.max(1e-6, y(high) - y(low)) * ROOM;
    var style = chart.getStyler();
    style.setChartBackgroundColor(ChartInk.PAPER);
    style.setPlotBackgroundColor(ChartInk.PAPER);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(ChartInk.GRID);
    style.setPlotGridHorizontalLinesVisible(false);
    style.setPlotContentSize(1.0);
    style.setChartFontColor(ChartInk.INK);
    style.setAnnotationTextFont(PLAIN);
    style.setAnnotationTextFontColor(ChartInk.INK);
    style.setAxisTickLabelsColor(ChartInk.INK);
    style.setAxisTickMarksColor(ChartInk.INK);
    style.setAxisTicksLineVisible(false);
    style.setYAxisTicksVisible(false);
    style.setPlotGridVerticalLinesVisible(!axes.logarithmicWidth());
    style.setXAxisMin(left - (right - left) * MARGIN);
    style.setXAxisMax(right + (right - left) * MARGIN / 4);
    style.setYAxisMin(y(low) - room);
    style.setYAxisMax(y(high) + room);
    style.setLegendPosition(LegendPosition.OutsideE);
    style.setLegendBackgroundColor(ChartInk.PAPER);
    style.setLegendBorderColor(ChartInk.PAPER);
    style.setLegendFont(PLAIN);
    style.setAxisTickLabelsFont(PLAIN);
    style.setAxisTitleFont(PLAIN);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
    style.setMarkerSize(7);
    style.setXAxisTickLabelsFormattingFunction(
        tick ->
            axes.logarithmicWidth() || tick < left - 1e-9
                ? " "
                : Ticks.words(Math.round(tick * 1e4) / 1e4));
  }
}
