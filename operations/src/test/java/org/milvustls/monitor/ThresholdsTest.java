package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.pki.CertificateFacts;

class ThresholdsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static CertificateFacts valid(Duration lifetime) {
    return new CertificateFacts(
        "CN=a",
        "CN=b",
        BigInteger.ONE,
        false,
        List.of("a"),
        List.of(),
        List.of(),
        "ecdsa-p256",
        "SHA256withECDSA",
        START,
        START.plus(lifetime),
        "00");
  }

  @ParameterizedTest
  @CsvSource({
    "90, 0, OK", "90, 71, OK", "90, 73, WARNING", "90, 80, WARNING", "90, 82, CRITICAL",
    "365, 330, OK", "365, 336, WARNING", "365, 352, CRITICAL", "6, 4, OK", "6, 5, WARNING"
  })
  void a_leaf_warns_at_a_fifth_and_is_critical_at_a_tenth_of_its_life_within_bounds(
      int days, int passed, State state) {
    assertThat(
            Thresholds.DEFAULT.ofLeaf(
                valid(Duration.ofDays(days)), START.plus(Duration.ofDays(passed))))
        .isEqualTo(state);
  }

  @Test
  void the_last_24_hours_are_not_expired_and_an_expired_one_is_not_about_to_expire() {
    CertificateFacts leaf = valid(Duration.ofDays(90));
    assertThat(Thresholds.DEFAULT.ofLeaf(leaf, leaf.notAfter().minusSeconds(1)))
        .isEqualTo(State.CRITICAL);
    assertThat(Thresholds.DEFAULT.ofLeaf(leaf, leaf.notAfter())).isEqualTo(State.CRITICAL);
    assertThat(Thresholds.DEFAULT.ofLeaf(leaf, leaf.notAfter().plusSeconds(1)))
        .isEqualTo(State.EXPIRED);
    assertThat(Thresholds.DEFAULT.ofLeaf(leaf, START.minusSeconds(1)))
        .isEqualTo(State.NOT_YET_VALID);
  }

  @Test
  void an_issuer_warns_below_two_lifetimes_of_its_leaf() {
    CertificateFacts issuer = valid(Duration.ofDays(1095));
    CertificateFacts leaf = valid(Duration.ofDays(90));
    assertThat(Thresholds.DEFAULT.ofIssuer(issuer, leaf, issuer.notAfter().minus(days(181))))
        .isEqualTo(State.OK);
    assertThat(Thresholds.DEFAULT.ofIssuer(issuer, leaf, issuer.notAfter().minus(days(179))))
        .isEqualTo(State.WARNING);
    assertThat(Thresholds.DEFAULT.ofIssuer(issuer, leaf, issuer.notAfter().minus(days(13))))
        .isEqualTo(State.CRITICAL);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  @Test
  void a_time_or_a_share_is_a_threshold() {
    Duration year = days(365);
    assertThat(Threshold.of("30d").of(year)).isEqualTo(days(30));
    assertThat(Threshold.of("36h").of(year)).isEqualTo(Duration.ofHours(36));
    assertThat(Threshold.of("90m").of(year)).isEqualTo(Duration.ofMinutes(90));
    assertThat(Threshold.of("20%").of(year)).isEqualTo(days(73));
  }

  @ParameterizedTest
  @CsvSource({"5d, 10d, 5 days and 10 days", "10%, 20%, 10.0% and 20.0%"})
  void a_warning_that_could_never_come_is_refused(String warning, String critical, String seen) {
    assertThatThrownBy(() -> new Thresholds(Threshold.of(warning), Threshold.of(critical)))
        .hasMessageStartingWith(
            "the threshold of WARNING is below that of CRITICAL: '" + seen + "'");
  }

  @ParameterizedTest
  @CsvSource({"10d, 10d", "10d, 5d", "20%, 10%", "20%, 7d", "7d, 20%"})
  void other_pairs_are_taken(String warning, String critical) {
    Thresholds both = new Thresholds(Threshold.of(warning), Threshold.of(critical));
    assertThat(both.warning()).isEqualTo(Threshold.of(warning));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "0%", "101%", "-3d", "3w", "d", "9999999d"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Threshold.of(text))
        .hasMessage(
            "not a threshold: '"
                + text
                + "'; allowed: a time such as 30d, 36h or 90m, or a share of the lifetime such as"
                + " 20%");
  }
}
