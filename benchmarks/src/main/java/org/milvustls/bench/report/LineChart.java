package org.milvustls.bench.report;

import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Lines over a common axis, each drawn as its arm is everywhere. */
final class LineChart {
  private static final int HEIGHT = 520;
  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  /**
   * A line.
   *
   * @param name in the legend; unique in a chart
   * @param arm whose style it has
   * @param xs where its points are
   * @param ys how high they are
   */
  record Line(String name, String arm, List<Double> xs, List<Double> ys) {}

  /**
   * Words and kinds of the axes.
   *
   * @param title above
   * @param x axis with its unit
   * @param y axis with its unit
   * @param logarithmic whether the y axis is
   */
  record Axes(String title, String x, String y, boolean logarithmic) {}

  private LineChart() {}

  static XYChart draw(Axes axes, List<Line> lines, ArmStyles styles) {
    XYChart chart =
        new XYChartBuilder()
            .width(RowChart.WIDTH)
            .height(HEIGHT)
            .theme(ChartTheme.XChart)
            .title(axes.title())
            .xAxisTitle(axes.x())
            .yAxisTitle(axes.y())
            .build();
    style(chart, axes);
    for (Line line : lines) {
      XYSeries series = chart.addSeries(line.name(), line.xs(), line.ys());
      series.setLineColor(styles.color(line.arm()));
      series.setLineStyle(styles.stroke(line.arm()));
      series.setMarker(styles.marker(line.arm()));
      series.setMarkerColor(styles.color(line.arm()));
    }
    return chart;
  }

  private static void style(XYChart chart, Axes axes) {
    var style = chart.getStyler();
    style.setChartBackgroundColor(ChartInk.PAPER);
    style.setPlotBackgroundColor(ChartInk.PAPER);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(ChartInk.GRID);
    style.setChartFontColor(ChartInk.INK);
    style.setAxisTickLabelsColor(ChartInk.INK);
    style.setAxisTickMarksColor(ChartInk.INK);
    style.setLegendPosition(LegendPosition.OutsideE);
    style.setLegendBackgroundColor(ChartInk.PAPER);
    style.setLegendBorderColor(ChartInk.PAPER);
    style.setLegendFont(PLAIN);
    style.setAxisTickLabelsFont(PLAIN);
    style.setAxisTitleFont(PLAIN);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
    style.setMarkerSize(7);
    style.setYAxisLogarithmic(axes.logarithmic());
    if (!axes.logarithmic()) {
      style.setYAxisMin(0.0);
    }
    chart.setCustomYAxisTickLabelsFormatter(LineChart::words);
  }

  private static String words(double tick) {
    return String.format(Locale.ROOT, "%.4f", tick).replaceAll("\\.?0+$", "");
  }
}
