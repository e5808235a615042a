package org.milvustls.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;

class CellFilterTest {
  private static Plan plan(Profile profile, String filter) {
    return Planner.plan(
        new Planner.Request(
            profile, EnumSet.of(Suite.HANDSHAKE), List.of(CellFilter.of(filter)), 1, List.of()),
        Map.of());
  }

  @Test
  void every_compared_cell_is_reached_by_its_name_with_its_baseline() {
    for (ComparisonGroup group : Suite.HANDSHAKE.groups(Profile.MATRIX)) {
      for (Comparison comparison : group.comparisons()) {
        for (Cell cell : comparison.cells()) {
          Plan plan = plan(Profile.MATRIX, cell.name());
          assertThat(plan.unavailable().isEmpty() ? plan.panels() : List.of(cell))
              .as(cell.name())
              .isNotEmpty();
          assertThat(plan.panels())
              .flatExtracting(Panel::comparisons)
              .allSatisfy(
                  left -> {
                    assertThat(left.cells()).containsExactly(cell);
                    assertThat(left.baseline()).isNotEqualTo(cell);
                  });
        }
      }
    }
  }

  @Test
  void the_name_of_every_cell_is_read_as_that_cell() {
    for (Suite suite : Suite.values()) {
      for (ComparisonGroup group : suite.groups(Profile.MATRIX)) {
        for (Comparison comparison : group.comparisons()) {
          assertThat(NamedCells.parse(comparison.baseline().name()))
              .contains(comparison.baseline());
          for (Cell cell : comparison.cells()) {
            assertThat(NamedCells.parse(cell.name())).contains(cell);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "handshake",
        "handshake/server",
        "handshake/server/jdk/tls1.3/aes-128-gcm/x25519/rsa-1024/full/seen",
        "handshake/server/jdk/tls1.3/aes-128-gcm/x25519/rsa-2048/full/seen/3-certificates",
        "handshake/off/jdk/tls1.3/aes-128-gcm/x25519/rsa-2048/full/seen",
        "handshake/server/*/tls1.3/aes-128-gcm/x25519/rsa-2048/full/seen"
      })
  void no_other_text_is_read_as_a_cell(String text) {
    assertThat(NamedCells.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "handshake/mutual/boringssl/tls1.2/aes-256-gcm/secp384r1/rsa-3072/full/unseen,"
        + "handshake/mutual/jdk/tls1.2/aes-256-gcm/secp384r1/rsa-3072/full/unseen",
    "handshake/mutual/jdk/tls1.2/aes-256-gcm/secp384r1/rsa-3072/full/unseen,"
        + "handshake/mutual/jdk/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen",
    "search/mutual/boringssl/tls1.3/aes-256-gcm/x25519/rsa-4096/full/seen,"
        + "search/mutual/jdk/tls1.3/aes-256-gcm/x25519/rsa-4096/full/seen"
  })
  void a_cell_that_no_profile_has_is_measured_when_its_whole_name_is_given(
      String name, String baseline) {
    Plan plan =
        Planner.plan(
            new Planner.Request(
                Profile.QUICK, Profile.QUICK.suites(), List.of(CellFilter.of(name)), 1, List.of()),
            Map.of());

    Panel panel = plan.panels().get(0);
    assertThat(plan.panels()).hasSize(1);
    assertThat(panel.name()).endsWith("-named");
    assertThat(panel.arms())
        .extracting(Arm::name)
        .containsExactly(
            baseline, baseline + "#control", name, baseline + "#planted", baseline + "#paused");
    assertThat(plan.forks()).hasSize(8);
  }

  @Test
  void a_cell_of_another_profile_is_told_with_that_profile() {
    assertThatThrownBy(() -> plan(Profile.QUICK, "handshake/*boringssl/*rsa-4096*"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("no comparison of profile quick is left by --filter")
        .hasMessageContaining(
            "take --profile matrix --suite handshake, which has handshake/server/boringssl");
    assertThatThrownBy(() -> plan(Profile.QUICK, "load/*"))
        .hasMessageContaining("take --profile quick --suite load, which has load/");
  }

  @Test
  void a_baseline_is_told_with_what_is_compared_with_it() {
    assertThatThrownBy(
            () ->
                plan(
                    Profile.QUICK,
                    "handshake/server/jdk/tls1.3/aes-128-gcm/x25519/ecdsa-p256/full/seen"))
        .hasMessageContaining("name a cell that is compared with this baseline, such as ")
        .hasMessageContaining("handshake/server/boringssl/tls1.3/");
  }

  @Test
  void words_in_another_order_are_told_with_the_names_that_have_them() {
    assertThatThrownBy(() -> plan(Profile.MATRIX, "handshake/*rsa-4096*boringssl*"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining(
            "near are handshake/server/boringssl/tls1.3/aes-128-gcm/x25519/rsa-4096/full/seen");
  }
}
