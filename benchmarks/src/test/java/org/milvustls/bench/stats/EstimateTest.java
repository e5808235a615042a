package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.stats.Estimate.Basis;

class EstimateTest {
  @Test
  void reproduces_the_published_interval_of_the_handbook() {
    // NIST/SEMATECH e-Handbook 1.3.5.2, data set ZARR13.DAT.
    Estimate zarr = new Estimate(9.261460, 0.02278881 / Math.sqrt(195), 194, 195, Basis.FORKS);

    Interval interval = zarr.interval(0.95).orElseThrow();

    assertThat(interval.low()).isCloseTo(9.258242, within(1e-6));
    assertThat(interval.high()).isCloseTo(9.264679, within(1e-6));
  }

  @Nested
  class of_forks_alone {
    @Test
    void is_mean_and_standard_error_with_one_degree_of_freedom_less_than_forks() {
      Estimate estimate = Estimate.of(0.1, 0.2, 0.3, 0.4);

      assertThat(estimate.mean()).isCloseTo(0.25, within(1e-12));
      assertThat(estimate.standardError()).isCloseTo(0.0645497, within(1e-7));
      assertThat(estimate.degreesOfFreedom()).isEqualTo(3);
      assertThat(estimate.forks()).isEqualTo(4);
      assertThat(estimate.basis()).isEqualTo(Basis.FORKS);
      assertThat(estimate.interval(0.95).orElseThrow().halfWidth())
          .isCloseTo(3.182446 * 0.0645497, within(1e-6));
    }

    @Test
    void that_agree_to_the_last_digit_has_an_interval_of_no_width() {
      assertThat(Estimate.of(2, 2, 2).interval(0.95)).contains(new Interval(2, 2));
    }

    @Test
    void has_no_interval_with_one_fork() {
      Estimate estimate = Estimate.of(0.1);

      assertThat(estimate.degreesOfFreedom()).isZero();
      assertThat(estimate.standardError()).isNaN();
      assertThat(estimate.interval(0.95)).isEmpty();
      assertThat(estimate.interval(0.95).map(Interval::exp)).isEmpty();
    }

    @Test
    void gives_the_ratio_and_its_interval_of_log_ratios() {
      Estimate estimate = Estimate.of(Math.log(1.9), Math.log(2), Math.log(2 * 2 / 1.9));

      assertThat(estimate.ratio()).isCloseTo(2, within(1e-12));
      assertThat(estimate.interval(0.95).map(Interval::exp))
          .isEqualTo(estimate.interval(0.95).map(Interval::exp));
      assertThat(estimate.interval(0.95).map(Interval::exp).orElseThrow().contains(2)).isTrue();
    }
  }

  @Nested
  class of_forks_with_roles {
    private final double[] eight = {1.1, 2.2, 0.9, 1.8, 1.0, 2.0, 1.0, 2.0};

    @Test
    void takes_the_variance_from_inside_the_roles() {
      Estimate estimate = Estimate.of(eight, new int[] {0, 1, 0, 1, 0, 1, 0, 1});

      assertThat(estimate.mean()).isCloseTo(1.5, within(1e-12));
      // Squares inside: 0.02 and 0.08; six degrees of freedom; each role has four forks.
      assertThat(estimate.standardError()).isCloseTo(Math.sqrt(0.1 / 6 / 8), within(1e-12));
      assertThat(estimate.degreesOfFreedom()).isEqualTo(6);
      assertThat(estimate.basis()).isEqualTo(Basis.WITHIN_ROLES);
    }

    @Test
    void counts_each_role_the_same_when_a_fork_is_missing() {
      double[] values = {1, 1, 1, 1, 1, 1.2, 3, 3, 3};

      Estimate estimate = Estimate.of(values, new int[] {5, 5, 5, 5, 5, 5, 7, 7, 7});

      assertThat(estimate.mean()).isCloseTo((6.2 / 6 + 3) / 2, within(1e-12));
      double inside = (5 * Math.pow(1 - 6.2 / 6, 2) + Math.pow(1.2 - 6.2 / 6, 2)) / 7;
      assertThat(estimate.degreesOfFreedom()).isEqualTo(7);
      assertThat(estimate.standardError())
          .isCloseTo(Math.sqrt(inside * (1 / 6.0 + 1 / 3.0)) / 2, within(1e-12));
    }

    @Test
    void treats_forks_as_a_sample_when_roles_are_hardly_repeated_and_says_so() {
      Estimate estimate = Estimate.of(eight, new int[] {0, 1, 2, 3, 0, 1, 2, 3});

      assertThat(estimate.basis()).isEqualTo(Basis.FORKS_FOR_WANT_OF_REPEATED_ROLES);
      assertThat(estimate.degreesOfFreedom()).isEqualTo(7);
      assertThat(estimate.mean()).isCloseTo(1.5, within(1e-12));
      assertThat(estimate.standardError())
          .isCloseTo(Estimate.of(eight).standardError(), within(1e-12));
    }

    @Test
    void treats_forks_as_a_sample_when_no_role_is_repeated() {
      Estimate estimate = Estimate.of(new double[] {1, 2, 3}, new int[] {0, 1, 2});

      assertThat(estimate.basis()).isEqualTo(Basis.FORKS_FOR_WANT_OF_REPEATED_ROLES);
      assertThat(estimate.degreesOfFreedom()).isEqualTo(2);
      assertThat(estimate.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    }

    @Test
    void is_that_of_forks_alone_with_one_role() {
      assertThat(Estimate.of(new double[] {1, 2, 4}, new int[] {3, 3, 3}))
          .isEqualTo(Estimate.of(1, 2, 4));
    }
  }

  @Nested
  class refuses {
    @Test
    void no_forks() {
      assertThatThrownBy(Estimate::of)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("forks: no value");
    }

    @Test
    void what_is_not_a_number() {
      assertThatThrownBy(() -> Estimate.of(1, Double.NaN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("forks: not every value is a finite number: [1.0, NaN]");
    }

    @Test
    void roles_of_other_forks() {
      assertThatThrownBy(() -> Estimate.of(new double[] {1, 2}, new int[] {0}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("each fork needs one role, got 2 forks and 1");
    }

    @Test
    void a_confidence_in_percent() {
      assertThatThrownBy(() -> Estimate.of(1, 2).interval(95))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("confidence must lie between 0 and 1, got 95.0");
    }
  }

  @Nested
  class A_sum_of_independent_estimates {
    @Test
    void adds_variances_and_has_the_degrees_of_freedom_of_Welch() {
      Estimate few = new Estimate(10, 3, 4, 5, Basis.FORKS);
      Estimate many = new Estimate(-2, 4, 9, 10, Basis.FORKS);

      Estimate sum = Estimate.sum(List.of(few, many));

      assertThat(sum.mean()).isEqualTo(8);
      assertThat(sum.standardError()).isEqualTo(5);
      assertThat(sum.degreesOfFreedom()).as("625 / (81 / 4 + 256 / 9) is 12.8").isEqualTo(12);
      assertThat(sum.forks()).isEqualTo(15);
      assertThat(Estimate.sum(List.of(few))).isSameAs(few);
    }

    @Test
    void has_no_interval_when_a_part_has_none() {
      Estimate sum = Estimate.sum(List.of(Estimate.of(1), Estimate.of(1, 2, 3)));
      assertThat(sum.mean()).isEqualTo(3);
      assertThat(sum.judgedInterval(0.95)).isEmpty();
    }

    @Test
    void holds_the_truth_as_often_as_it_says() {
      Random random = new Random(1);
      int held = 0;
      int runs = 2000;
      for (int run = 0; run < runs; run++) {
        double[] wide = random.doubles(6).map(x -> 3 * random.nextGaussian()).toArray();
        double[] narrow = random.doubles(4).map(x -> random.nextGaussian()).toArray();
        Estimate sum = Estimate.sum(List.of(Estimate.of(wide), Estimate.of(narrow)));
        held += sum.interval(0.95).orElseThrow().contains(0) ? 1 : 0;
      }
      assertThat(held / (double) runs).isBetween(0.935, 0.975);
    }
  }

  @Test
  void intervals_that_hold_together_share_the_error() {
    assertThat(Estimate.simultaneous(0.95, 5)).isCloseTo(0.99, within(1e-12));
    assertThat(Estimate.simultaneous(0.95, 1)).isEqualTo(0.95);
    assertThat(Estimate.simultaneous(0.95, 0)).isEqualTo(0.95);
    assertThatThrownBy(() -> Estimate.simultaneous(0.95, -1))
        .hasMessage("cannot have -1 intervals");
  }
}
