package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideFileTest {
  private static String explained(Throwable failure, Path file) {
    SideFile.create(file).failed(failure);
    return SideFile.read(file).failure().orElseThrow();
  }

  @Test
  void a_failure_is_told_by_its_messages_without_names_of_java(@TempDir Path folder) {
    IOException refused = new IOException("connection refused");
    assertThat(
            explained(
                new WorkloadException("the cell cannot connect", new UncheckedIOException(refused)),
                folder.resolve("chain")))
        .isEqualTo("the cell cannot connect; because: connection refused");
    assertThat(
            explained(
                new WorkloadException("a call failed: " + refused.getMessage(), refused),
                folder.resolve("twice")))
        .isEqualTo("a call failed: connection refused");
    assertThat(explained(new IllegalStateException(), folder.resolve("none")))
        .isEqualTo("an error without a message (IllegalStateException)");
  }
}
