package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Does the method keep its promises on data whose truth is known? Simulated forks have what real
 * ones have: drift that all arms share, cycles with outliers and heavy tails, forks that differ
 * from one another (skewed: now and then one is slow), and servers whose data copies differ. The
 * table that this prints stands in docs/method-calibration.md.
 */
class CalibrationTest {
  private static final int RUNS = 2000;

  /**
   * How a suite is measured in a profile, and the noise seen in it: standard deviations of
   * log-ratios.
   */
  enum Design {
    QUICK_HANDSHAKE(4, 1, 40, 0.004, 0.02, 0),
    QUICK_CONNECT(8, 4, 16, 0.010, 0.05, 0.01),
    QUICK_SEARCH(8, 4, 20, 0.008, 0.04, 0.015),
    FULL_HANDSHAKE(12, 1, 60, 0.004, 0.02, 0),
    FULL_SEARCH(24, 4, 30, 0.008, 0.04, 0.015);

    final int forks;
    final int rotations;
    final int cycles;
    final double betweenForks;
    final double betweenCycles;
    final double betweenRotations;

    Design(
        int forks,
        int rotations,
        int cycles,
        double betweenForks,
        double betweenCycles,
        double betweenRotations) {
      this.forks = forks;
      this.rotations = rotations;
      this.cycles = cycles;
      this.betweenForks = betweenForks;
      this.betweenCycles = betweenCycles;
      this.betweenRotations = betweenRotations;
    }
  }

  /**
   * Skewed with mean 0 and standard deviation 1: a shifted exponential, as a fork that is slow now
   * and then.
   */
  private static double skewed(Random random) {
    return -Math.log(1 - random.nextDouble()) - 1;
  }

  /** Normal, but one in ten cycles has four times the spread. */
  private static double heavyTailed(Random random) {
    return random.nextGaussian() * (random.nextInt(10) == 0 ? 4 : 1);
  }

  private static Estimate run(Design design, double effect, Random random) {
    double[] values = new double[design.forks];
    int[] rotations = new int[design.forks];
    double[] copies = new double[design.rotations];
    for (int r = 0; r < design.rotations; r++) {
      copies[r] = design.betweenRotations * random.nextGaussian();
    }
    double average = java.util.Arrays.stream(copies).average().orElse(0);
    for (int f = 0; f < design.forks; f++) {
      rotations[f] = f % design.rotations;
      double fork = effect + design.betweenForks * skewed(random) + copies[rotations[f]] - average;
      values[f] = fork(design, fork, random);
    }
    return Estimate.of(values, rotations);
  }

  private static double fork(Design design, double logRatio, Random random) {
    List<Long> arm = new ArrayList<>();
    List<Long> baseline = new ArrayList<>();
    for (int c = 0; c < design.cycles; c++) {
      double drift = 2e6 * (1 + 0.3 * c / design.cycles);
      baseline.add(
          Math.round(drift * Math.exp(design.betweenCycles / Math.sqrt(2) * heavyTailed(random))));
      arm.add(
          Math.round(
              drift
                  * Math.exp(
                      logRatio + design.betweenCycles / Math.sqrt(2) * heavyTailed(random))));
    }
    return Cycles.of(arm, baseline).logRatio();
  }

  private static double share(
      Design design, double effect, java.util.function.Predicate<Estimate> of) {
    Random random = new Random(20_260_101);
    int hits = 0;
    for (int i = 0; i < RUNS; i++) {
      hits += of.test(run(design, effect, random)) ? 1 : 0;
    }
    return (double) hits / RUNS;
  }

  private static double halfWidth(Design design) {
    Random random = new Random(7);
    double sum = 0;
    for (int i = 0; i < 500; i++) {
      Interval interval = run(design, 0, random).interval(0.95).orElseThrow();
      sum += (interval.high() - interval.low()) / 2;
    }
    return sum / 500;
  }

  @ParameterizedTest
  @EnumSource
  void intervals_cover_the_truth_and_effects_of_twice_the_half_width_are_found(Design design) {
    double truth = Math.log(1.2);
    double coverage = share(design, truth, e -> e.interval(0.95).orElseThrow().contains(truth));
    double half = halfWidth(design);
    double power = share(design, 2 * half, e -> e.interval(0.95).orElseThrow().low() > 0);
    System.out.printf(
        "[calibration] %-16s forks %2d  coverage of 95 %% intervals %.1f %%  half-width %.2f %%  power at twice that %.1f %%%n",
        design, design.forks, 100 * coverage, 100 * half, 100 * power);
    assertThat(coverage).as("coverage").isBetween(0.90, 0.985);
    assertThat(power).as("power").isGreaterThan(0.93);
  }

  @Test
  void a_control_that_differs_in_nothing_is_called_different_in_at_most_nine_of_a_hundred() {
    for (Design design : Design.values()) {
      double wrong = share(design, 0, e -> !e.interval(0.95).orElseThrow().contains(0));
      assertThat(wrong).as("%s", design).isLessThan(0.09);
    }
  }
}
