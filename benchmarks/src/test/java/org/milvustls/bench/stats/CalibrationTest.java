package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.SimulatedRun.Shape;

/** Does the method keep its promises on data whose truth is known? */
class CalibrationTest {
  private static final int RUNS = 1000;
  private static final List<Spread> SPREADS = Spread.kept();

  static Stream<Arguments> designs() {
    return SPREADS.stream()
        .flatMap(spread -> Arrays.stream(Shape.values()).map(shape -> arguments(spread, shape)));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void profile_quick_keeps_coverage_controls_and_power(Spread spread, Shape shape) {
    Calibration found = Calibration.of(quick(spread, shape), 0.95, RUNS);

    assertThat(found.coverage()).as("coverage").isBetween(0.93, 0.99);
    assertThat(found.calledDifferent()).as("A/A called different").isLessThanOrEqualTo(0.09);
    assertThat(found.power()).as("power at twice the half-width").isGreaterThanOrEqualTo(0.95);
  }

  /** As many forks, server roles and cycles as the profile has. */
  static SimulatedRun quick(Spread spread, Shape shape) {
    Suite suite = Suite.valueOf(spread.suite().toUpperCase(Locale.ROOT));
    Profile.Amount amount = suite.amount(Profile.QUICK);
    return new SimulatedRun(
        spread, shape, amount.forks(), suite.needsMilvus() ? 4 : 1, amount.cycles());
  }

  @Test
  void every_suite_has_spreads_and_their_source() {
    assertThat(SPREADS).extracting(Spread::suite).contains("handshake", "connect", "search");
    assertThat(SPREADS).allSatisfy(spread -> assertThat(spread.source()).isNotBlank());
  }
}
