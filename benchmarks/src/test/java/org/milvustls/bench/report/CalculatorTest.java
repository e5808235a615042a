package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.CostTerm;
import org.milvustls.bench.result.Summary.HeldOut;
import org.milvustls.bench.result.Summary.Metric;
import org.milvustls.bench.result.Summary.Settings;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;

/** The cost model, on runs whose costs are known because they were never measured. */
class CalculatorTest {
  private static final String BASE = "server/jdk/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen";

  /** Of {@link SampleRun}: 20 ns for each byte, and this share of the time is CPU. */
  private static final double NANOS_OF_KIB = 20 * 1024;

  private static final double CLIENT = 0.7;
  private static final double SERVER = 0.5;

  @TempDir Path temp;

  private static Summary summary(SampleRun sample) {
    Plan plan = SampleRun.planOfPaths();
    return Summarizer.summarize("run", plan, sample.measurements(plan));
  }

  private static Settings settings(Summary summary, String name) {
    return summary.costs().settings().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void finds_what_a_kibibyte_and_a_round_trip_cost_client_and_server() {
    Summary summary = summary(new SampleRun());

    CostTerm kibibyte = settings(summary, BASE).kibibyte().orElseThrow();
    assertThat(kibibyte.clientCpuNanos().mean())
        .isCloseTo(CLIENT * NANOS_OF_KIB, Percentage.withPercentage(3));
    assertThat(kibibyte.serverCpuNanos().orElseThrow().mean())
        .isCloseTo(SERVER * NANOS_OF_KIB, Percentage.withPercentage(3));
    assertThat(kibibyte.latencyNanos().interval()).isPresent();
    assertThat(kibibyte.arms())
        .containsExactly("search-10-vectors/" + BASE, "search-100-vectors-1536/" + BASE);
    assertThat(settings(summary, BASE).roundTrip().orElseThrow().latencyNanos().mean())
        .as("three round trips for each connection with TLS")
        .isCloseTo(3e6, Percentage.withPercentage(12));
    assertThat(settings(summary, "off").roundTrip().orElseThrow().latencyNanos().mean())
        .as("two in plaintext")
        .isCloseTo(2e6, Percentage.withPercentage(12));
  }

  @Test
  void predicts_the_cells_between_the_ends_of_its_lines() {
    List<HeldOut> tests =
        summary(new SampleRun()).costs().heldOut().stream()
            .filter(test -> test.arm().endsWith(BASE))
            .toList();

    assertThat(tests)
        .extracting(HeldOut::arm)
        .contains(
            "search-100-vectors/" + BASE,
            "search-100-vectors-768/" + BASE,
            "connect-rtt-10/" + BASE);
    assertThat(tests)
        .filteredOn(test -> test.metric() != Metric.TIME)
        .allSatisfy(test -> assertThat(test.miss()).isCloseTo(0, within(0.04)));
  }

  @Test
  void shows_how_far_it_misses_a_cell_whose_cost_is_not_on_the_line() throws IOException {
    Plan plan = SampleRun.planOfPaths();
    String left = "search-100-vectors-768/" + BASE;
    RunFolder folder =
        SampleRun.write(
            temp.resolve("bent"), plan, new SampleRun().slow(left, 1.5).measurements(plan));

    Reports.writeWithoutCharts(folder);
    Summary summary = RunReport.of(folder).summary();

    assertThat(summary.costs().heldOut())
        .filteredOn(test -> test.arm().equals(left))
        .hasSize(Metric.values().length)
        .allSatisfy(
            test -> {
              assertThat(test.miss()).isCloseTo(1 - 1 / 1.5, within(0.03));
              assertThat(test.errorNanos().interval().orElseThrow().low()).isPositive();
            });
    String report = Files.readString(folder.root().resolve("report.md"));
    assertThat(report)
        .containsPattern("half miss by .* the worst by 3\\d\\.\\d % .*100 vectors of 768 returned")
        .containsPattern(
            "\\| 100 vectors of 768 returned, TLS 1.3, JDK, one-way \\|.*\\| misses \\|");
    assertThat(Files.readString(folder.root().resolve("report.html")))
        .contains("\"kibibyte\":{\"latency\":[")
        .contains("id=\"payload\" type=\"number\" min=\"0\" step=\"any\" value=\"0\"");
  }

  @Test
  void says_that_a_term_is_missing_and_makes_no_zero_of_it() throws IOException {
    RunFolder folder = SampleRun.write(temp.resolve("quick"));

    Reports.writeWithoutCharts(folder);
    Summary summary = RunReport.of(folder).summary();

    assertThat(summary.costs().settings())
        .isNotEmpty()
        .allSatisfy(
            one -> {
              assertThat(one.kibibyte()).isEmpty();
              assertThat(one.roundTrip()).isEmpty();
            });
    assertThat(Files.readString(folder.root().resolve("report.md")))
        .contains("Cost for each KiB: missing", "Cost for each round trip: missing")
        .doesNotContain("a search, each KiB more");
    assertThat(Files.readString(folder.root().resolve("report.html")))
        .contains("placeholder=\"not in this run\" disabled")
        .contains("answered within a latency bound was not measured: suite load does that.")
        .doesNotContain("\"kibibyte\"", "\"roundTrip\"");
  }

  @Test
  void holds_the_cpu_of_an_open_loop_against_that_of_single_searches() {
    Plan plan =
        Planner.plan(
                new Planner.Request(
                    Profile.FULL, EnumSet.of(Suite.SEARCH, Suite.LOAD), List.of(), 42, List.of()),
                Map.of())
            .on(LoadReportTest.RATES);
    SampleRun sample = new SampleRun();
    LoadReportTest load = new LoadReportTest();
    List<Measurement> lines =
        plan.forks().stream()
            .map(
                fork ->
                    fork.suite() == Suite.LOAD
                        ? load.fork(plan, fork, 1)
                        : sample.measurement(plan, fork))
            .toList();

    assertThat(Summarizer.summarize("run", plan, lines).costs().heldOut())
        .filteredOn(test -> test.arm().equals("load/" + BASE))
        .hasSize(2)
        .first()
        .satisfies(
            test -> {
              assertThat(test.from()).containsExactly("search/" + BASE);
              assertThat(test.measuredNanos())
                  .as("0.3 cores at the highest rate that no fork saturated")
                  .isCloseTo(0.3e9 / 630, within(1.0));
              assertThat(test.predictedNanos())
                  .isCloseTo(CLIENT * 2_120_000, Percentage.withPercentage(3));
            });
  }
}
