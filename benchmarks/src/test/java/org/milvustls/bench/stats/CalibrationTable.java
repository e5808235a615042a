package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.stats.SimulatedRun.Shape;

/**
 * Writes the table of docs/method-calibration.md to {@code target/calibration.md}. Its name keeps
 * it out of the ordinary tests; run it with {@code -Dtest=CalibrationTable}.
 */
class CalibrationTable {
  private static final int[] FORKS = {3, 4, 5, 8, 12};

  @Test
  void is_written_for_every_suite_number_of_forks_and_shape() throws IOException {
    List<String> rows = new ArrayList<>();
    Spread.kept().forEach((suite, spread) -> rows.addAll(rows(suite, spread)));

    Path file = Files.write(Path.of("target", "calibration.md"), rows);

    assertThat(Files.readAllLines(file)).hasSize(3 * FORKS.length * Shape.values().length);
  }

  private static List<String> rows(String suite, Spread spread) {
    int cycles = Map.of("handshake", 40, "connect", 16).getOrDefault(suite, 20);
    List<String> rows = new ArrayList<>();
    for (int forks : FORKS) {
      int roles = suite.equals("handshake") || forks < 8 ? 1 : 4;
      for (Shape shape : Shape.values()) {
        SimulatedRun design = new SimulatedRun(spread, shape, forks, roles, cycles);
        rows.add(row(suite, design, Calibration.of(design, 0.95, 1000)));
      }
    }
    return rows;
  }

  private static String row(String suite, SimulatedRun design, Calibration found) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %s | %.1f %% | %.1f %% | %.2f %% | %.1f %% |",
        suite,
        design.forks(),
        design.roles(),
        design.shape().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        100 * found.coverage(),
        100 * found.calledDifferent(),
        100 * found.halfWidth(),
        100 * found.power());
  }
}
