package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void the_interval_of_a_sample_is_students() {
    // By hand: mean 3, s = 1.5811, s/sqrt(5) = 0.7071, t(0.975; 4) = 2.7764.
    Estimate estimate = Estimate.of(1, 2, 3, 4, 5);
    assertThat(estimate.mean()).isEqualTo(3);
    assertThat(estimate.standardError()).isCloseTo(0.70711, within(1e-5));
    Interval interval = estimate.interval(0.95).orElseThrow();
    assertThat(interval.low()).isCloseTo(1.03676, within(1e-4));
    assertThat(interval.high()).isCloseTo(4.96324, within(1e-4));
  }

  @Test
  void one_fork_has_no_interval() {
    assertThat(Estimate.of(7).interval(0.95)).isEmpty();
    assertThat(Estimate.of(7).mean()).isEqualTo(7);
  }

  @Test
  void forks_that_agree_to_the_last_digit_have_an_interval_of_no_width() {
    assertThat(Estimate.of(2, 2, 2).interval(0.95)).contains(new Interval(2, 2));
  }

  @Test
  void what_is_not_a_number_is_refused_with_the_values() {
    assertThatThrownBy(() -> Estimate.of(1, Double.NaN)).hasMessageContaining("[1.0, NaN]");
    assertThatThrownBy(() -> Estimate.of()).hasMessageContaining("0 values");
  }

  @Test
  void intervals_that_shall_hold_together_are_wider() {
    assertThat(Estimate.simultaneous(0.95, 5)).isCloseTo(0.99, within(1e-12));
    assertThat(Estimate.simultaneous(0.95, 1)).isEqualTo(0.95);
  }

  @Nested
  class WithServerRotations {
    @Test
    void differences_between_rotations_do_not_widen_the_interval() {
      double[] values = {0.00, 0.10, 0.02, 0.12};
      Estimate grouped = Estimate.of(values, new int[] {0, 1, 0, 1});
      assertThat(grouped.mean()).isCloseTo(0.06, within(1e-12));
      assertThat(grouped.degreesOfFreedom()).isEqualTo(2);
      // Pooled within variance 0.0002, over 4 forks: sqrt(0.0002 / 4).
      assertThat(grouped.standardError()).isCloseTo(0.0070711, within(1e-6));
      assertThat(Estimate.of(values).standardError()).isGreaterThan(0.02);
    }

    @Test
    void one_fork_for_each_rotation_counts_as_a_sample() {
      double[] values = {0.00, 0.10, 0.02, 0.12};
      assertThat(Estimate.of(values, new int[] {0, 1, 2, 3})).isEqualTo(Estimate.of(values));
    }
  }
}
