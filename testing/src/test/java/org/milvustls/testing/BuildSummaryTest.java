package org.milvustls.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs small test classes inside a test, and looks at what is reported of them. */
class BuildSummaryTest {
  @TempDir private Path folder;

  /** Found by no runner: it is not named as a test, and nested classes must not be static. */
  static class WithoutItsProgram {
    @BeforeAll
    static void start() {
      abort("the program is not installed");
    }

    @Test
    void first() {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void second(int value) {
      assertThat(value).isPositive();
    }

    @Nested
    class Inside {
      @Test
      void third() {}
    }
  }

  static class PartOfIt {
    @Test
    void passes() {}

    @Test
    void aborts() {
      abort("not on this\n  release");
    }
  }

  private String summaryOf(String file, String build, boolean last, Class<?>... classes) {
    Map<String, String> properties =
        Map.of(
            "milvustls.test.summary", folder.resolve(file).toString(),
            "milvustls.test.build", build,
            "milvustls.test.last", String.valueOf(last));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(
                    new BuildSummary(
                        new PrintStream(printed, true, StandardCharsets.UTF_8), properties::get))
                .build());
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
    for (Class<?> type : classes) {
      request.selectors(selectClass(type));
    }
    launcher.execute(request.build());
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_summary_says_which_tests_were_skipped_and_why() {
    assertThat(summaryOf("unit", "1", false, WithoutItsProgram.class, PartOfIt.class))
        .contains(
            "Tests, unit on Java " + Runtime.version(),
            "\n1 passed, 0 failed, 4 skipped\n",
            "  skipped 1 in BuildSummaryTest.PartOfIt: not on this release\n",
            "  skipped 3 in BuildSummaryTest.WithoutItsProgram: the program is not installed\n");
  }

  @Test
  void the_last_jvm_of_a_build_adds_up_all_of_it_and_nothing_of_an_earlier_one() {
    summaryOf("earlier", "0", false, PartOfIt.class);
    summaryOf("unit", "1", false, PartOfIt.class);
    String last = summaryOf("whole", "1", true, PartOfIt.class);

    assertThat(last)
        .contains("Tests, whole build\n2 passed, 0 failed, 2 skipped\n")
        .contains("  skipped 2 in BuildSummaryTest.PartOfIt: not on this release\n");
    assertThat(folder).isDirectoryContaining("glob:**earlier");
  }
}
