package org.milvustls.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.UnavailableCell;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Verdict;

class ReportsTest {
  @TempDir Path temp;

  private static String snapshot() throws IOException {
    try (InputStream stored =
        Objects.requireNonNull(ReportsTest.class.getResourceAsStream("quick.report.md"))) {
      return new String(stored.readAllBytes(), UTF_8);
    }
  }

  private static String report(RunFolder folder) throws IOException {
    Reports.write(folder);
    return Files.readString(folder.root().resolve("report.md"));
  }

  private RunFolder folder(Plan plan, List<Measurement> lines) {
    return SampleRun.write(temp.resolve("quick-sample"), plan, lines);
  }

  @Nested
  class OfARunOnTwoJvms {
    @Test
    void says_what_changes_from_one_to_the_other_and_keeps_it_apart() throws IOException {
      Plan plan = SampleRun.planOfTwoJvms();
      RunFolder folder =
          SampleRun.write(temp.resolve("two-jvms"), plan, new SampleRun().measurements(plan));

      Summary summary = Reports.write(folder);

      assertThat(summary.jvms())
          .hasSize(
              (int)
                  plan.panels().get(0).arms().stream()
                      .filter(arm -> arm.kind() == Arm.Kind.MEASURED)
                      .count())
          .allSatisfy(
              result -> {
                assertThat(result.ratio().ratio()).isCloseTo(SampleRun.OTHER_JVM, within(0.02));
                assertThat(result.rounds()).isEqualTo(plan.panels().get(0).forks());
                assertThat(result.jvm()).isEqualTo("25.0.1");
              });
      assertThat(summary.forks()).hasSize(plan.panels().get(0).forks());
      assertThat(report(folder))
          .contains("What changes with another JVM?")
          .contains("On Java 25.0.1, a full handshake with TLS 1.3, JDK takes 0.")
          .contains("times as long as on Java 17.0.15.");
      assertThat(folder.root().resolve("report.html")).content().contains("id=\"jvms\"");
    }

    @Test
    void leaves_out_a_round_that_lacks_one_of_them() {
      Plan plan = SampleRun.planOfTwoJvms();
      List<Measurement> lines = new ArrayList<>(new SampleRun().measurements(plan));
      lines.removeIf(line -> line.fork() == plan.forks().get(0).index());

      Summary summary = Summarizer.summarize("run", plan, lines);

      assertThat(summary.jvms())
          .allSatisfy(
              result -> {
                assertThat(result.rounds()).isEqualTo(plan.panels().get(0).forks() - 1);
                assertThat(result.ratio().ratio()).isCloseTo(SampleRun.OTHER_JVM, within(0.02));
              });
    }
  }

  @Nested
  class OfACompleteRun {
    @Test
    void says_word_for_word_what_the_stored_report_says() throws IOException {
      Charts.assumeDrawn();
      String written = report(SampleRun.write(temp.resolve("quick-sample")));
      Files.writeString(Path.of("target", "quick.report.md"), written);
      assertThat(written)
          .as("wanted? then take target/quick.report.md as the new stored one")
          .isEqualTo(snapshot());
    }

    @Test
    void draws_each_suite_as_png_and_svg() throws IOException {
      Charts.assumeDrawn();
      RunFolder folder = SampleRun.write(temp.resolve("quick-sample"));
      Reports.write(folder);
      for (Suite suite : Profile.QUICK.suites()) {
        BufferedImage png =
            ImageIO.read(folder.root().resolve("charts/" + suite.id() + ".png").toFile());
        assertThat(png.getWidth()).isEqualTo(1200);
        assertThat(folder.root().resolve("charts/" + suite.id() + ".svg"))
            .content()
            .contains("<svg");
      }
    }

    @Test
    void leaves_nothing_half_written() throws IOException {
      RunFolder folder = SampleRun.write(temp.resolve("quick-sample"));
      Reports.write(folder);
      try (var files = Files.walk(folder.root())) {
        assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
      }
    }

    @Test
    void finds_what_was_put_in() {
      Summary summary = Reports.write(SampleRun.write(temp.resolve("quick-sample")));
      assertThat(summary.complete()).isTrue();
      assertThat(summary.trust().verdictsGiven()).as(summary.trust().toString()).isTrue();
      Pair provider = summary.comparisons().get(0).pairs().get(0);
      assertThat(provider.verdict()).isEqualTo(Verdict.FASTER);
      assertThat(provider.ratio().interval().orElseThrow().contains(350.0 / 2100)).isTrue();
    }
  }

  @Nested
  class OfARunInMemory {
    private final Plan plan = SampleRun.planOfHandshakes();

    private static boolean judgesClientCpu(Summary summary) {
      return summary.best().stream().anyMatch(best -> best.metric() == Metric.CLIENT_CPU);
    }

    @Test
    void judges_the_client_by_its_own_share_and_says_what_a_core_can_do() throws IOException {
      List<Measurement> lines = new SampleRun().measurements(plan);

      assertThat(judgesClientCpu(Summarizer.summarize("run", plan, lines))).isTrue();
      assertThat(report(folder(plan, lines)))
          .contains("| client: handshakes/s per core | server: handshakes/s per core |")
          .doesNotContain("both sides");
    }
  }

  @Nested
  class OfARunWhoseControlFails {
    @Test
    void withholds_every_verdict_and_says_why() throws IOException {
      Plan plan = SampleRun.plan();
      String control = plan.panel("connect").arms().get(1).name();
      List<Measurement> lines = new SampleRun().slow(control, 1.25).measurements(plan);
      String report = report(folder(plan, lines));
      assertThat(control).endsWith("#control");
      assertThat(report)
          .contains("No verdicts: the A/A control was called different where nothing differs")
          .contains("(plaintext (again: A/A): 1.2")
          .doesNotContain(" times as long as ")
          .doesNotContain(" | faster |");
    }
  }

  @Nested
  class OfARunThatWasNotWarm {
    @Test
    void names_the_pair_that_moved_in_all_forks_and_no_other() throws IOException {
      Plan plan = SampleRun.planOfHandshakes();
      String arm = "handshake/server/boringssl/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen";
      List<Measurement> lines = new SampleRun().moving(arm, 0.98).measurements(plan);
      String report = report(folder(plan, lines));
      assertThat(report.lines().filter(line -> line.contains("was not warm")))
          .singleElement(STRING)
          .matches(
              "- Panel handshake was not warm: TLS 1.3, BoringSSL against TLS 1.3, JDK changed by"
                  + " -[12]\\.\\d % \\(-\\d.\\d % to -\\d.\\d %\\) between the halves of its 8"
                  + " forks\\.");
    }
  }

  @Nested
  class OfAnInterruptedRun {
    @Test
    void says_so_and_counts_what_is_there() throws IOException {
      Plan plan = SampleRun.plan();
      List<Measurement> all = new SampleRun().measurements(plan);
      assertThat(report(folder(plan, all.subList(0, all.size() / 2))))
          .contains("The run is not complete: ");
    }

    @Test
    void invents_no_interval_for_one_fork() throws IOException {
      Plan plan = SampleRun.plan();
      List<Measurement> one = new SampleRun().measurements(plan).subList(0, 1);
      assertThat(report(folder(plan, one)))
          .contains(" in 1 fork, which are too few for an interval. No verdict.")
          .contains("No verdicts: there are too few forks to judge a control by.")
          .doesNotContain("NaN");
    }

    @Test
    void has_a_page_without_any_fork() throws IOException {
      assertThat(report(folder(SampleRun.plan(), List.of())))
          .contains("Not measured.")
          .contains("No verdicts: there are too few forks to judge a control by.")
          .doesNotContain("NaN");
    }

    @Test
    void tells_of_a_cut_last_line() throws IOException {
      Plan plan = SampleRun.plan();
      RunFolder folder = folder(plan, new SampleRun().measurements(plan));
      Files.writeString(
          folder.root().resolve("measurements.jsonl"), "{\"sch", StandardOpenOption.APPEND);
      assertThat(report(folder)).contains("Warning: the last line of measurements.jsonl is cut");
    }
  }

  @Nested
  class OfWhatWentWrong {
    @Test
    void names_failed_tries_and_whether_they_were_made_good() throws IOException {
      Plan plan = SampleRun.plan();
      List<Measurement> lines = new ArrayList<>(new SampleRun().measurements(plan));
      lines.add(0, SampleRun.failed(plan.forks().get(0), "Milvus | died\n<b>here</b>"));
      assertThat(report(folder(plan, lines)))
          .contains("try 1 failed: Milvus \\| died &lt;b>here&lt;/b>. A later try succeeded.");
    }

    @Test
    void counts_a_damaged_line_as_a_failed_try() throws IOException {
      Plan plan = SampleRun.plan();
      List<Measurement> lines = new ArrayList<>(new SampleRun().measurements(plan));
      lines.set(2, SampleRun.withoutArms(lines.get(2)));
      assertThat(report(folder(plan, lines)))
          .contains("cannot be used: nothing was measured")
          .contains("No try succeeded.");
    }

    @Test
    void names_cells_that_were_not_measured() throws IOException {
      Plan all = SampleRun.plan();
      String gone = all.panel("connect").comparisons().get(1).cells().get(1).name();
      Plan plan = Planner.without(all, List.of(new UnavailableCell(gone, "no such thing", false)));
      assertThat(report(folder(plan, new SampleRun().measurements(plan))))
          .contains("1 cell was not measured")
          .contains("Not drawn, because not measured: " + gone)
          .contains("| " + gone + " | not available | no such thing |");
    }
  }
}
