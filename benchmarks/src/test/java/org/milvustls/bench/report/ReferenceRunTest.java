package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.RunFolder;

/** The committed run, whose report is drawn again: {@code report results/reference}. */
class ReferenceRunTest {
  private static final Path COMMITTED = Path.of("..", "results", "reference");

  @TempDir Path temp;

  @Test
  void its_report_and_summary_are_those_that_are_committed() throws IOException {
    Charts.assumeDrawn();
    Path copy = Files.createDirectories(temp.resolve(COMMITTED.getFileName()));
    for (String file : List.of("plan.json", "environment.json", "measurements.jsonl")) {
      Files.copy(COMMITTED.resolve(file), copy.resolve(file));
    }

    Reports.write(RunFolder.open(copy));

    for (String file : List.of("summary.json", "report.md")) {
      assertThat(copy.resolve(file))
          .as("wanted? then run: ./run-benchmarks.sh report results/reference")
          .hasSameTextualContentAs(COMMITTED.resolve(file));
    }
  }
}
