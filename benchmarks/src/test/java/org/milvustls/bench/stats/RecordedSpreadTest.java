package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedSpreadTest {
  @TempDir Path folder;

  @Test
  void finds_the_spread_that_the_measurements_were_made_with() throws IOException {
    Random random = new Random(4);
    List<String> lines = new ArrayList<>();
    for (int fork = 0; fork < 200; fork++) {
      lines.add(fork(Math.exp(0.01 * random.nextGaussian()), random));
    }
    lines.add("{\"suite\":\"SEARCH\",\"failure\":\"killed\"}");
    Path file = Files.write(folder.resolve("measurements.jsonl"), lines);

    List<String> spread = RecordedSpread.lines(file, "a run");

    assertThat(spread).hasSize(1);
    Spread search = Spread.parse(spread).get(0);
    assertThat(search.suite()).isEqualTo("search");
    assertThat(search.betweenForks()).isCloseTo(0.01, within(0.002));
    assertThat(search.betweenCycles()).isCloseTo(0.02, within(0.002));
    assertThat(search.source()).isEqualTo("a run");
  }

  @Test
  void a_line_with_a_field_missing_is_refused() {
    assertThatThrownBy(() -> Spread.parse(List.of("search,0.1,0.2,0.3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("five fields wanted, got search,0.1,0.2,0.3");
  }

  private static String fork(double ratio, Random random) {
    StringBuilder arm = new StringBuilder("9999");
    StringBuilder baseline = new StringBuilder("1");
    for (int cycle = 0; cycle < 20; cycle++) {
      arm.append(',').append(Math.round(2e6 * ratio * Math.exp(0.02 * random.nextGaussian())));
      baseline.append(",2000000");
    }
    return String.format(
        "{\"suite\":\"SEARCH\",\"rotation\":0,\"warmupCycles\":1,\"arms\":["
            + "{\"kind\":\"MEASURED\",\"cell\":\"off\",\"cycleMedians\":[%s]},"
            + "{\"kind\":\"CONTROL\",\"cell\":\"off\",\"cycleMedians\":[%s]}]}",
        baseline, arm);
  }
}
