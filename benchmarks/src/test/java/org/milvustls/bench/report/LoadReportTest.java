package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Histograms;
import org.milvustls.bench.result.LoadMeasurement;
import org.milvustls.bench.result.LoadMeasurement.ArmLoad;
import org.milvustls.bench.result.LoadMeasurement.Step;
import org.milvustls.bench.result.LoadSummary;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Throughput;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Verdicts.ControlOutcome;

/** What is said of an open loop whose server answers as fast as a formula says. */
class LoadReportTest {
  static final List<Double> RATES = List.of(400.0, 500.0, 630.0, 800.0, 1000.0);
  private static final double PLAINTEXT = 900;
  private static final double TLS = 750;

  @TempDir Path temp;
  private final Random random = new Random(7);

  private static Plan plan() {
    return Planner.plan(
            new Planner.Request(Profile.QUICK, EnumSet.of(Suite.LOAD), List.of(), 42, List.of()),
            Map.of())
        .on(RATES);
  }

  Measurement fork(Plan plan, PlannedFork fork, double slowdown) {
    return fork(plan, fork, slowdown, 1);
  }

  private Measurement fork(Plan plan, PlannedFork fork, double slowdown, double tlsSlowdown) {
    List<ArmLoad> arms = new ArrayList<>();
    for (Arm arm : plan.load().orElseThrow().arms()) {
      double tls = TLS / tlsSlowdown;
      double capacity = (arm.cell().mode().isEncrypted() ? tls : PLAINTEXT) / slowdown;
      double noise = 1 + 0.01 * random.nextGaussian();
      arms.add(arm(arm, capacity * noise));
    }
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        1,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(60),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        "17.0.15",
        new Measurement.Collections(0, 0),
        Optional.empty(),
        Optional.of(
            new LoadMeasurement(1, new LoadMeasurement.Overhead(1000, encoded(0.05)), RATES, arms)),
        Optional.empty());
  }

  private static ArmLoad arm(Arm arm, double capacity) {
    List<Step> steps = new ArrayList<>();
    steps.add(step(630, capacity, true));
    for (double rate : RATES) {
      steps.add(step(rate, capacity, false));
      if (rate > capacity) {
        break;
      }
    }
    return new ArmLoad(
        arm.name(), arm.cell().name(), arm.kind(), Optional.empty(), Optional.empty(), steps);
  }

  /** p99 is 20 ms at the capacity, whatever it is, and a tenth at half of it. */
  private static Step step(double rate, double capacity, boolean warmup) {
    double millis = 20 * Math.pow(10, 2 * (rate / capacity - 1));
    long counted = Math.round(rate);
    return new Step(
        rate,
        warmup,
        1_000_000_000L,
        counted,
        counted,
        Math.round(Math.min(rate, capacity)),
        0,
        20,
        Optional.empty(),
        3_000_000,
        encoded(millis),
        encoded(0.1),
        0.3,
        0.7,
        0.2,
        Optional.of(0.8));
  }

  private static String encoded(double millis) {
    Histogram histogram = new Histogram(Histograms.DIGITS);
    histogram.recordValueWithCount((long) (millis * 1e6), 1000);
    return Histograms.encoded(histogram);
  }

  private RunFolder written(Plan plan, double slowdown) {
    return SampleRun.write(
        temp.resolve("load-run"),
        plan,
        plan.forks().stream().map(fork -> fork(plan, fork, slowdown)).toList());
  }

  /** Of times that scatter by factors an arithmetic mean has an interval that goes below zero. */
  @Test
  void a_99th_percentile_is_a_geometric_mean_over_forks() {
    Plan plan = plan();
    RunFolder folder =
        SampleRun.write(
            temp.resolve("scattered"),
            plan,
            plan.forks().stream()
                .map(fork -> fork(plan, fork, fork.index() % 2 == 0 ? 0.5 : 1.5))
                .toList());
    Summary.Value p99 =
        Reports.write(folder).load().orElseThrow().arms().get(0).points().get(0).p99Nanos();
    // 400/s where 1,800 and where 600 are within the bound: 20 ms x 10^(-1.56) and 10^(-0.67)
    assertThat(p99.mean())
        .isCloseTo(20e6 * Math.pow(10, (-1.556 - 0.667) / 2), withinPercentage(5));
    assertThat(p99.interval().orElseThrow().low()).isPositive();
  }

  @Test
  void says_the_throughput_of_each_arm_and_how_much_less_it_is_with_tls() throws IOException {
    Charts.assumeDrawn();
    RunFolder folder = written(plan(), 1);
    Summary summary = Reports.write(folder);

    LoadSummary.ArmResult plaintext = summary.load().orElseThrow().arms().get(0);
    assertThat(plaintext.relation()).isEqualTo(Throughput.Relation.EXACT);
    assertThat(plaintext.throughput().mean()).isCloseTo(PLAINTEXT, within(10.0));
    assertThat(plaintext.throughput().interval()).isPresent();
    LoadSummary.ArmResult jdk = summary.load().orElseThrow().arms().get(2);
    assertThat(jdk.ratio().orElseThrow().ratio()).isCloseTo(TLS / PLAINTEXT, within(0.01));
    assertThat(summary.trust().controls())
        .singleElement()
        .satisfies(control -> assertThat(control.outcome()).isEqualTo(ControlOutcome.SAME));
    String report = Files.readString(folder.root().resolve("report.md"));
    assertThat(report)
        .contains(
            "### How many searches per second does one client get answered, with p99 below 20 ms?")
        .containsPattern("TLS 1.3, JDK, one-way: 7\\d\\d searches per second \\(95 % interval ")
        .contains("fewer than plaintext (95 % interval -")
        .containsPattern("TLS 1.3, JDK, one-way: 7.* Saturated by: server in 6 of 6\\.")
        .containsPattern(
            "\\| plaintext \\| \\d+ \\| \\d+ to \\d+ \\| is the baseline \\| server in 6 of 6 \\|")
        .contains("charts/load.png");
    assertThat(Files.readString(folder.root().resolve("report.html")))
        .contains("Throughput against latency")
        .doesNotContain("this run has none");
    assertThat(folder.root().resolve("charts/load.svg")).content().contains("<svg");
  }

  @Test
  void keeps_what_the_schema_of_the_summary_promises() throws IOException {
    RunFolder folder = written(plan(), 1);
    Reports.write(folder);
    try (var stored =
        Objects.requireNonNull(Summary.class.getResourceAsStream("summary.schema.json"))) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(
                      new String(stored.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON)
                  .validate(
                      Files.readString(folder.root().resolve("summary.json")), InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void a_grid_that_begins_beyond_the_bound_gives_a_bound_and_no_verdict() throws IOException {
    RunFolder folder = written(plan(), 3);
    Reports.write(folder);
    assertThat(Files.readString(folder.root().resolve("report.md")))
        .contains("Plaintext: fewer than 400 searches per second")
        .containsPattern("\\| TLS 1.3, JDK, one-way \\| fewer than .* \\| no ratio \\|")
        .contains("No verdicts");
  }

  private RunFolder run(String name, Plan plan, double tlsSlowdown) {
    return SampleRun.write(
        temp.resolve(name),
        plan,
        plan.forks().stream().map(fork -> fork(plan, fork, 1, tlsSlowdown)).toList());
  }

  @Test
  void two_runs_are_compared_by_the_ratios_of_their_throughputs() {
    RunFolder before = run("before", plan(), 1);
    RunComparison same = RunComparison.of(before, run("same", plan(), 1), 0.05);
    assertThat(same.changes()).isEmpty();
    assertThat(same.load()).hasSize(2);
    assertThat(same.regressed()).isFalse();
    assertThat(same.judged()).isTrue();

    RunComparison fewer = RunComparison.of(before, run("fewer", plan(), 1.3), 0.05);
    assertThat(fewer.regressed()).isTrue();
    assertThat(fewer.load())
        .allSatisfy(
            change -> {
              assertThat(change.outcome()).isEqualTo(RunComparison.Outcome.REGRESSION);
              assertThat(change.change()).isCloseTo(1 / 1.3, within(0.02));
            });
    assertThat(fewer.text())
        .contains("throughput, TLS 1.3, JDK, one-way, against plaintext")
        .contains("2 regressions beyond 5.0 % were shown.");
    assertThat(fewer.markdown()).contains("## Changes of throughput at the latency bound");
  }

  @Test
  void throughputs_at_other_bounds_are_not_compared() {
    Plan other =
        Planner.plan(
                new Planner.Request(
                    Profile.QUICK,
                    EnumSet.of(Suite.LOAD),
                    List.of(),
                    42,
                    List.of(),
                    Duration.ofMillis(50),
                    1),
                Map.of())
            .on(RATES);
    RunFolder before = run("before", plan(), 1);
    RunFolder after = run("after", other, 1);
    assertThat(LoadChange.notes(RunReport.of(before), RunReport.of(after)))
        .containsExactly(
            "Throughput is not compared: p99 was to be below 20 ms in the first run and below"
                + " 50 ms in the second.");
    assertThatThrownBy(() -> RunComparison.of(before, after, 0.05))
        .hasMessageContaining("no measured comparison in common");
  }
}
