package org.milvustls.bench.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "0.80, 0.90, FASTER",
    "1.10, 1.20, SLOWER",
    "0.97, 1.05, NOT_SHOWN",
    "0.99, 1.01, EQUIVALENT",
    "1.005, 1.015, EQUIVALENT",
    "1.01, 1.03, SLOWER",
    "0.97, 0.99, FASTER"
  })
  void follows_from_the_interval_and_the_margin_of_two_percent(
      double low, double high, Verdict verdict) {
    assertThat(Verdict.of(new Interval(low, high), 0.02)).isEqualTo(verdict);
  }
}
