package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.stats.SimulatedRun.Shape;

/**
 * Writes the table of docs/method-calibration.md to {@code target/calibration.md}. Its name keeps
 * it out of the ordinary tests; run it with {@code -Dtest=CalibrationTable}.
 */
class CalibrationTable {
  /** Besides those of profile quick: of surveys, and of profile full. */
  private static final int[] FORKS = {3, 4, 12};

  @Test
  void is_written_for_every_suite_number_of_forks_and_shape() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Spread spread : Spread.kept()) {
      for (Shape shape : Shape.values()) {
        rows.add(row(spread, CalibrationTest.quick(spread, shape)));
      }
    }
    for (Spread spread : Spread.kept()) {
      for (int forks : FORKS) {
        for (Shape shape : Shape.values()) {
          rows.add(row(spread, with(forks, CalibrationTest.quick(spread, shape))));
        }
      }
    }

    Path file = Files.write(Path.of("target", "calibration.md"), rows);

    assertThat(Files.readAllLines(file)).hasSize(rows.size());
  }

  private static SimulatedRun with(int forks, SimulatedRun quick) {
    int roles = forks < 2 * quick.roles() ? 1 : quick.roles();
    return new SimulatedRun(quick.spread(), quick.shape(), forks, roles, quick.cycles());
  }

  private static String row(Spread spread, SimulatedRun design) {
    Calibration found = Calibration.of(design, 0.95, 1000);
    return String.format(
        Locale.ROOT,
        "| %s, %s | %d | %d | %s | %.1f %% | %.1f %% | %.2f %% | %.1f %% |",
        spread.suite(),
        spread.source(),
        design.forks(),
        design.roles(),
        design.shape().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        100 * found.coverage(),
        100 * found.calledDifferent(),
        100 * found.halfWidth(),
        100 * found.power());
  }
}
