package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.report.RunComparison.Change;
import org.milvustls.bench.report.RunComparison.Outcome;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Interval;

class RunComparisonTest {
  @TempDir Path temp;

  private static final Plan PLAN = SampleRun.plan();
  private static final String BORINGSSL =
      PLAN.panel("handshake").comparisons().get(0).cells().get(0).name();

  private RunFolder run(String name, SampleRun sample) {
    return SampleRun.write(temp.resolve(name), PLAN, sample.measurements(PLAN));
  }

  private RunFolder plain() {
    return run("before", new SampleRun());
  }

  @Test
  void a_run_is_unchanged_against_itself() {
    RunFolder plain = plain();
    RunComparison comparison = RunComparison.of(plain, plain, 0.05);
    assertThat(comparison.regressed()).isFalse();
    assertThat(comparison.environment()).isEmpty();
    assertThat(comparison.changes())
        .allSatisfy(change -> assertThat(change.interval().orElseThrow().contains(1)).isTrue());
  }

  @Test
  void an_arm_that_got_slower_is_a_regression_and_the_only_one() {
    RunFolder after = run("after", new SampleRun().slow(BORINGSSL, 1.3));
    RunComparison comparison = RunComparison.of(plain(), after, 0.05);
    assertThat(comparison.regressed()).isTrue();
    assertThat(comparison.changes())
        .filteredOn(change -> change.outcome() == Outcome.REGRESSION)
        .extracting(Change::arm)
        .containsExactly("a full handshake with TLS 1.3, BoringSSL");
    assertThat(comparison.text())
        .contains("change +30.0 %")
        .contains(": REGRESSION")
        .contains("1 regression beyond 5.0 % was shown.");
  }

  @Test
  void an_arm_that_got_faster_is_an_improvement() {
    RunFolder after = run("after", new SampleRun().slow(BORINGSSL, 0.7));
    RunComparison comparison = RunComparison.of(plain(), after, 0.05);
    assertThat(comparison.regressed()).isFalse();
    assertThat(comparison.changes().get(0).outcome()).isEqualTo(Outcome.IMPROVEMENT);
    assertThat(comparison.markdown()).contains("| improvement |");
  }

  @Test
  void a_slower_machine_is_no_regression() {
    SampleRun slower = new SampleRun();
    PLAN.panels().forEach(p -> p.arms().forEach(arm -> slower.slow(arm.name(), 2)));
    RunComparison comparison = RunComparison.of(plain(), run("after", slower), 0.05);
    assertThat(comparison.regressed()).isFalse();
    assertThat(comparison.changes())
        .allSatisfy(change -> assertThat(change.change()).isBetween(0.999, 1.001));
  }

  @Test
  void failed_controls_take_the_verdicts_away() {
    String control = PLAN.panel("connect").arms().get(1).name();
    RunFolder after = run("after", new SampleRun().slow(control, 1.2).slow(BORINGSSL, 1.3));
    RunComparison comparison = RunComparison.of(plain(), after, 0.05);
    assertThat(comparison.regressed()).isFalse();
    assertThat(comparison.withheld().orElseThrow()).contains("after: No verdicts: the A/A control");
    assertThat(comparison.changes()).extracting(Change::outcome).containsOnly(Outcome.NO_VERDICT);
  }

  @Test
  void runs_without_a_measured_comparison_in_common_are_refused() {
    RunFolder empty = SampleRun.write(temp.resolve("empty"), PLAN, List.of());
    RunFolder plain = plain();
    assertThatThrownBy(() -> RunComparison.of(plain, empty, 0.05))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("no measured comparison in common")
        .hasMessageContaining("before and empty");
  }

  @Test
  void a_quotient_of_equal_intervals_is_wider_by_the_root_of_two() {
    Interval part = new Interval(-0.1, 0.1).exp();
    Interval quotient = RunComparison.quotient(1, part, 1, part);
    assertThat(Math.log(quotient.high()) / 0.1).isBetween(Math.sqrt(2) - 1e-9, Math.sqrt(2) + 1e-9);
  }
}
