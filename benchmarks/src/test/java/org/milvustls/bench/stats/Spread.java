package org.milvustls.bench.stats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * How a suite's log-ratios scatter, as standard deviations.
 *
 * @param suite its name
 * @param betweenForks of the fork's true value around its role
 * @param betweenCycles of the cycles of one fork
 * @param betweenRoles of the roles
 * @param source where the figures come from
 */
record Spread(
    String suite, double betweenForks, double betweenCycles, double betweenRoles, String source) {

  /** The figures kept beside this class. */
  static List<Spread> kept() {
    try (InputStream in = Spread.class.getResourceAsStream("spread.csv")) {
      byte[] bytes = Objects.requireNonNull(in, "spread.csv").readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Spread> parse(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("suite,"))
        .map(line -> of(line.split(",", -1)))
        .toList();
  }

  private static Spread of(String[] fields) {
    if (fields.length != 5) {
      throw new IllegalArgumentException("five fields wanted, got " + String.join(",", fields));
    }
    return new Spread(
        fields[0],
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        fields[4]);
  }
}
