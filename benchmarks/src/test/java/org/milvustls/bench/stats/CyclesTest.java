package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CyclesTest {
  @Test
  void the_log_ratio_is_that_of_the_geometric_mean() {
    Cycles cycles = Cycles.of(List.of(200L, 800L), List.of(100L, 100L));
    assertThat(Math.exp(cycles.logRatio())).isCloseTo(4, within(1e-12));
    assertThat(cycles.difference()).isEqualTo(400);
  }

  @Test
  void drift_that_both_arms_share_does_not_show() {
    List<Long> baseline = new ArrayList<>();
    List<Long> arm = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      baseline.add(1_000_000 + 20_000 * i);
      arm.add((1_000_000 + 20_000 * i) * 103 / 100);
    }
    Cycles cycles = Cycles.of(arm, baseline);
    assertThat(Math.exp(cycles.logRatio())).isCloseTo(1.03, within(1e-6));
    assertThat(cycles.drifts()).isFalse();
  }

  @Test
  void a_ratio_that_moves_between_the_halves_is_marked() {
    Random random = new Random(1);
    List<Long> baseline = new ArrayList<>();
    List<Long> arm = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      baseline.add(1_000_000 + (long) (5_000 * random.nextGaussian()));
      arm.add((i < 20 ? 1_000_000 : 1_050_000) + (long) (5_000 * random.nextGaussian()));
    }
    assertThat(Cycles.of(arm, baseline).drifts()).isTrue();
  }

  @Test
  void what_cannot_be_paired_is_refused() {
    assertThatThrownBy(() -> Cycles.of(List.of(1L, 2L), List.of(1L)))
        .hasMessage("2 cycles against 1");
    assertThatThrownBy(() -> Cycles.of(List.of(1L, 0L), List.of(1L, 1L)))
        .hasMessage("cycle 1 took 0 against 1");
  }
}
