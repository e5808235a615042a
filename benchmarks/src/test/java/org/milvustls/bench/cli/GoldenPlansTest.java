package org.milvustls.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.bench.scenario.Profile;

/**
 * The plan of each profile with the name of every cell, held to the letter: stored runs and filters
 * rely on it. A wanted change is taken over from {@code target/golden}, which every run of this
 * test writes, and said in the commit.
 */
class GoldenPlansTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "org", "milvustls", "bench", "cli", "golden");
  private static final Path WRITTEN = Path.of("target", "golden");

  private static String plan(Profile profile) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      assertThat(RunBenchmarks.execute("plan", "--profile", profile.id(), "--seed", "7")).isZero();
    } finally {
      System.setOut(out);
    }
    return printed.toString(UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  @ResourceLock(Resources.SYSTEM_OUT)
  void a_profile_measures_the_same_cells_in_the_same_order(Profile profile) throws IOException {
    String plan = plan(profile);
    String name = "plan-" + profile.id() + ".txt";
    Files.writeString(Files.createDirectories(WRITTEN).resolve(name), plan);

    assertThat(plan).isEqualTo(Files.readString(GOLDEN.resolve(name)));
  }
}
