package org.milvustls.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.milvustls.bench.stats.Interval;

/**
 * A chart in the form of a table: sections with a heading and one row for each arm. A row has a
 * label, a point with its interval on a common scale, and the numbers. Both axes count pixels,
 * because XChart cannot place text as a table needs it.
 */
final class RowChart {
  static final int WIDTH = 1200;
  private static final int ROW = 36;
  private static final int FOOT = 84;
  private static final double LEFT = 20;
  private static final double GAP = 20;
  private static final double RIGHT = 1180;
  private static final double NARROWEST_PLOT = 300;

  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  private static final Color BAND = new Color(0xe3, 0xe3, 0xe3);

  /**
   * Rows under one heading.
   *
   * @param heading the question
   * @param band behind the rows: how much the baseline differed from itself
   * @param rows one for each arm
   */
  record Section(String heading, Optional<Interval> band, List<Row> rows) {}

  /**
   * An arm.
   *
   * @param label on the left
   * @param value position of its point
   * @param interval around it
   * @param color of its provider
   * @param numbers on the right
   */
  record Row(
      String label, double value, Optional<Interval> interval, Color color, String numbers) {}

  /** Makes the scale when its position is known. */
  interface Scales {
    Scale between(double left, double right);
  }

  /**
   * Words around the rows.
   *
   * @param title above
   * @param axis under the scale, with its unit
   * @param legend at the foot: meaning of lines and bands
   */
  record Words(String title, String axis, String legend) {}

  private final Words words;
  private final List<Section> sections;
  private final Scale scale;
  private final double labelsEnd;
  private final double plotEnd;
  private final int height;
  private final XYChart chart;

  private RowChart(Words words, List<Section> sections, Scales scales) {
    this.words = words;
    this.sections = sections;
    double labels = widest(sections.stream().flatMap(s -> s.rows().stream()).map(Row::label));
    double numbers = widest(sections.stream().flatMap(s -> s.rows().stream()).map(Row::numbers));
    this.plotEnd = RIGHT - numbers - GAP;
    this.labelsEnd = Math.min(LEFT + labels, plotEnd - NARROWEST_PLOT - GAP);
    this.scale = scales.between(labelsEnd + GAP, plotEnd);
    int rows = sections.stream().mapToInt(section -> section.rows().size() + 1).sum();
    this.height = FOOT + ROW * rows;
    this.chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height + 50)
            .theme(ChartTheme.XChart)
            .title(words.title())
            .build();
  }

  static XYChart draw(Words words, List<Section> sections, Scales scales) {
    RowChart rows = new RowChart(words, sections, scales);
    rows.style();
    rows.bands();
    rows.axis();
    rows.rows();
    return rows.chart;
  }

  private void style() {
    var style = chart.getStyler();
    style.setLegendVisible(false);
    style.setChartBackgroundColor(ChartInk.PAPER);
    style.setPlotBackgroundColor(ChartInk.PAPER);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesVisible(false);
    style.setPlotContentSize(1.0);
    style.setAxisTicksVisible(false);
    style.setXAxisMin(0.0);
    style.setXAxisMax((double) WIDTH);
    style.setYAxisMin(0.0);
    style.setYAxisMax((double) height);
    style.setAnnotationTextFont(PLAIN);
    style.setAnnotationTextFontColor(ChartInk.INK);
    style.setChartFontColor(ChartInk.INK);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 19));
  }

  /** The band of each section, behind everything else. */
  private void bands() {
    double y = height;
    for (Section section : sections) {
      double top = y - ROW * 0.9;
      double bottom = y - ROW * (section.rows().size() + 0.95);
      String name = "band " + y;
      section.band().ifPresent(band -> band(name, band, bottom, top));
      y -= ROW * (section.rows().size() + 1);
    }
  }

  private void band(String name, Interval band, double bottom, double top) {
    double low = scale.x(band.low());
    double high = Math.max(low + 1, scale.x(band.high()));
    double[] xs = {low, high, high, low, low};
    double[] ys = {bottom, bottom, top, top, bottom};
    XYSeries series = chart.addSeries(name, xs, ys);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(BAND);
    series.setLineColor(BAND);
    series.setMarker(SeriesMarkers.NONE);
  }

  private void axis() {
    for (double tick : scale.ticks()) {
      boolean reference = Math.abs(tick - scale.reference()) < 1e-9;
      Color color = reference ? ChartInk.INK : ChartInk.GRID;
      double x = scale.x(tick);
      double y = height;
      for (Section section : sections) {
        double end = y - ROW * (section.rows().size() + 1.0);
        line("tick " + tick + " " + y, x, end, x, y - ROW * 0.85, color, reference ? 1.5f : 1f);
        y = end;
      }
      text(Ticks.words(tick), x, FOOT - 14, 0.5);
    }
    text(words.axis(), (labelsEnd + GAP + plotEnd) / 2, FOOT - 40, 0.5);
    text(words.legend(), LEFT, FOOT - 68, 0);
  }

  private void rows() {
    double y = height;
    for (Section section : sections) {
      y -= ROW;
      text(section.heading(), LEFT, y + ROW * 0.45, 0);
      for (Row row : section.rows()) {
        y -= ROW;
        row(row, y + ROW * 0.5);
      }
    }
  }

  private void row(Row row, double y) {
    row.interval()
        .ifPresent(
            i -> line("interval " + y, scale.x(i.low()), y, scale.x(i.high()), y, row.color(), 4f));
    double x = scale.x(row.value());
    XYSeries point = series("point " + y, x, y, x, y, SeriesMarkers.CIRCLE);
    point.setMarkerColor(row.color());
    point.setLineColor(row.color());
    text(row.label(), labelsEnd, y, 1);
    text(row.numbers(), plotEnd + GAP, y, 0);
  }

  /** Puts a text so that this share of it lies to the left of x. */
  private void text(String text, double x, double y, double share) {
    if (!text.isBlank()) {
      double center = x + width(text) * (0.5 - share);
      chart.addAnnotation(new AnnotationText(text, center, y, false));
    }
  }

  private static double widest(Stream<String> texts) {
    return texts.mapToDouble(RowChart::width).max().orElse(0);
  }

  private static double width(String text) {
    return PLAIN.getStringBounds(text, MEASURE).getWidth();
  }

  private void line(
      String name, double x1, double y1, double x2, double y2, Color color, float width) {
    XYSeries series = series(name, x1, y1, x2, y2, SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
  }

  private XYSeries series(String name, double x1, double y1, double x2, double y2, Marker marker) {
    XYSeries series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
    series.setMarker(marker);
    return series;
  }
}
