package org.milvustls.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Renders charts as files and as parts of a page. Inside a page, the colours become variables of
 * its style sheet, so that a chart follows the light or dark theme.
 */
final class ChartInk {
  static final Color INK = new Color(0x22, 0x22, 0x22);
  static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  static final Color PAPER = Color.WHITE;

  private static final Map<String, String> VARIABLES =
      Map.of(
          "rgb(213,94,0)", "var(--jdk)",
          "rgb(0,114,178)", "var(--boringssl)",
          "rgb(0,158,115)", "var(--plaintext)",
          "rgb(34,34,34)", "var(--ink)",
          "rgb(0,0,0)", "var(--ink)",
          "rgb(221,221,221)", "var(--grid)",
          "rgb(227,227,227)", "var(--band)",
          "rgb(255,255,255)", "var(--paper)");
  private static final Pattern COLOR = Pattern.compile("rgb\\(\\d+,\\d+,\\d+\\)");
  private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d{2})\\d+");
  private static final Pattern NAME = Pattern.compile("(id=\"|url\\(#)(?=[a-z])");

  private ChartInk() {}

  static byte[] png(Chart<?, ?> chart) {
    return encoded(chart, "png");
  }

  /** Letters are drawn as outlines, so that a chart looks the same everywhere. */
  static String svg(Chart<?, ?> chart) {
    String svg = new String(encoded(chart, "svg"), UTF_8);
    return LONG_NUMBER.matcher(svg).replaceAll("$1");
  }

  private static byte[] encoded(Chart<?, ?> chart, String format) {
    try {
      return ChartEncoder.getBytes(chart, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The {@code <g>} and {@code <defs>} of a chart, for an {@code <svg>} of the page's own.
   *
   * @param svg as {@link #svg} made it
   * @param prefix that keeps its names apart from those of other charts in the page
   */
  static String inside(String svg, String prefix) {
    int start = svg.indexOf('>', svg.indexOf("<svg")) + 1;
    String inner = svg.substring(start, svg.lastIndexOf("</svg>"));
    String named = NAME.matcher(inner).replaceAll("$1" + Matcher.quoteReplacement(prefix));
    return COLOR
        .matcher(named)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(VARIABLES.getOrDefault(match.group(), match.group())));
  }
}
