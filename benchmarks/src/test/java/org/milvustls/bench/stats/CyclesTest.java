package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CyclesTest {
  @Test
  void a_fork_gives_the_logarithm_of_the_geometric_mean_of_its_ratios() {
    Cycles cycles = Cycles.of(new double[] {200, 800}, new double[] {100, 100});

    assertThat(cycles.logRatio()).isCloseTo(Math.log(4), within(1e-12));
    assertThat(cycles.difference()).isEqualTo(400);
    assertThat(cycles.count()).isEqualTo(2);
    assertThat(cycles.variance()).isCloseTo(Math.pow(Math.log(4), 2) / 2, within(1e-12));
  }

  @Test
  void what_slows_both_arms_of_a_cycle_cancels() {
    Cycles calm = Cycles.of(List.of(110L, 110L, 110L), List.of(100L, 100L, 100L));
    Cycles disturbed = Cycles.of(List.of(110L, 330L, 110L), List.of(100L, 300L, 100L));

    assertThat(disturbed.logRatio()).isCloseTo(calm.logRatio(), within(1e-12));
  }

  @Nested
  class refuses {
    @Test
    void arms_of_different_length() {
      assertThatThrownBy(() -> Cycles.of(new double[3], new double[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an arm and its baseline need the same cycles, at least one, got 3 and 2");
    }

    @Test
    void no_cycles() {
      assertThatThrownBy(() -> Cycles.of(List.of(), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an arm and its baseline need the same cycles, at least one, got 0 and 0");
    }

    @Test
    void times_that_are_not_positive_and_finite() {
      assertThatThrownBy(() -> Cycles.of(List.of(5L, 0L), List.of(4L, 3L)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("cycle 1: a time must be positive, got 0.0 and 3.0");
      assertThatThrownBy(() -> Cycles.of(new double[] {1}, new double[] {Double.NaN}))
          .hasMessage("cycle 0: a time must be positive, got 1.0 and NaN");
      assertThatThrownBy(() -> Cycles.of(new double[] {Double.POSITIVE_INFINITY}, new double[] {1}))
          .hasMessage("cycle 0: a time must be positive, got Infinity and 1.0");
    }

    @Test
    void the_variance_of_one_cycle() {
      assertThatThrownBy(() -> Cycles.of(List.of(1L), List.of(1L)).variance())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("one cycle has no variance");
    }
  }

  @Nested
  class drift {
    @Test
    void that_both_arms_share_does_not_show() {
      double[] baseline = IntStream.range(0, 40).mapToDouble(i -> 1e6 + 2e4 * i).toArray();
      double[] arm = Arrays.stream(baseline).map(nanos -> nanos * 1.03).toArray();

      assertThat(Cycles.of(arm, baseline).logRatio()).isCloseTo(Math.log(1.03), within(1e-12));
      assertThat(Cycles.of(arm, baseline).drift().flagged()).isFalse();
    }

    @Test
    void is_the_change_between_the_halves() {
      double[] arm = {100, 101, 99, 100, 101, 99, 104, 105, 103, 104, 105, 103};

      Drift drift = Cycles.of(arm, flat(arm.length, 100)).drift();

      assertThat(drift.change()).isCloseTo(Math.log(1.04), within(1e-4));
      assertThat(drift.standardError()).isBetween(0.001, 0.02);
    }

    @Test
    void of_few_cycles_is_a_change_that_others_may_judge() {
      double[] arm = {104, 104, 104, 100, 100};

      Cycles cycles = Cycles.of(arm, flat(arm.length, 100));

      assertThat(cycles.change()).isCloseTo(-Math.log(1.04), within(1e-12));
      assertThat(cycles.drift().flagged()).isFalse();
    }

    @Test
    void of_an_arm_that_was_not_warm_is_flagged() {
      double[] arm =
          IntStream.range(0, 40).mapToDouble(i -> 100 + 20 * Math.exp(-i / 8.0) + i % 3).toArray();

      assertThat(Cycles.of(arm, flat(40, 100)).drift().flagged()).isTrue();
    }

    @Test
    void leaves_out_the_middle_cycle_of_an_odd_number() {
      double[] arm = {100, 101, 99, 99, 101, 100, 5000, 100, 99, 101, 101, 99, 100};

      assertThat(Cycles.of(arm, flat(13, 100)).drift().change()).isCloseTo(0, within(1e-12));
    }

    @Test
    void is_not_judged_on_fewer_than_twelve_cycles() {
      double[] arm = {100, 101, 99, 100, 101, 200, 201, 199, 200, 201};

      assertThat(Cycles.of(arm, flat(10, 100)).drift()).isEqualTo(new Drift(0, 0, false));
    }

    @Test
    void of_constant_times_is_nothing() {
      assertThat(Cycles.of(flat(20, 7), flat(20, 7)).drift()).isEqualTo(new Drift(0, 0, false));
    }
  }

  private static double[] flat(int count, double value) {
    return IntStream.range(0, count).mapToDouble(i -> value).toArray();
  }
}
