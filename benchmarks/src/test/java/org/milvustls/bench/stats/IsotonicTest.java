package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IsotonicTest {
  @Test
  void what_rises_stays() {
    assertThat(Isotonic.rising(new double[] {1, 2, 2, 5})).containsExactly(1, 2, 2, 5);
    assertThat(Isotonic.rising(new double[0])).isEmpty();
  }

  @Test
  void what_falls_is_shared_with_its_neighbours() {
    assertThat(Isotonic.rising(new double[] {1, 4, 2, 6})).containsExactly(1, 3, 3, 6);
    assertThat(Isotonic.rising(new double[] {9, 6, 3})).containsExactly(6, 6, 6);
  }

  /** 3 and 1 make 2, which is below 2.5: all three are one block. */
  @Test
  void a_block_that_falls_behind_its_neighbour_joins_it() {
    assertThat(Isotonic.rising(new double[] {2.5, 3, 0.5, 7})).containsExactly(2, 2, 2, 7);
  }
}
