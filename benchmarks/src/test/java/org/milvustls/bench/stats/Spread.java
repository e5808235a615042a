package org.milvustls.bench.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a suite's log-ratios scatter, as standard deviations.
 *
 * @param betweenForks of the fork's true value around its role
 * @param betweenCycles of the cycles of one fork
 * @param betweenRoles of the roles
 * @param source where the figures come from
 */
record Spread(double betweenForks, double betweenCycles, double betweenRoles, String source) {

  /** The figures kept beside this class, by suite. */
  static Map<String, Spread> kept() {
    try (InputStream in = Spread.class.getResourceAsStream("spread.csv")) {
      byte[] bytes = Objects.requireNonNull(in, "spread.csv").readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Spread> parse(List<String> lines) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("suite,"))
        .map(line -> line.split(",", -1))
        .forEach(fields -> spreads.put(fields[0], of(fields)));
    return spreads;
  }

  private static Spread of(String[] fields) {
    if (fields.length != 5) {
      throw new IllegalArgumentException("five fields wanted, got " + String.join(",", fields));
    }
    return new Spread(
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        fields[4]);
  }
}
