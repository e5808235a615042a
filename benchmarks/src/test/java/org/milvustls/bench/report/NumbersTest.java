package org.milvustls.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.stats.Interval;

class NumbersTest {
  @Test
  void a_cost_is_never_below_zero_and_a_difference_can_be() {
    Value wide = new Value(3e6, Optional.of(new Interval(-1e6, 7e6)));

    assertThat(Numbers.cost(wide)).isEqualTo("3.00 ms (0 to 7.00)");
    assertThat(Numbers.millis(wide)).isEqualTo("3.00 ms (-1.00 to 7.00)");
    assertThat(Numbers.cost(-5e6)).isEqualTo("none seen");
    assertThat(Numbers.cost(new Value(2e6, Optional.empty()))).isEqualTo("2.00 ms (no interval)");
  }
}
