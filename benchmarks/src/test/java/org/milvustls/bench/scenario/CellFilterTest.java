package org.milvustls.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    for (Catalog.Group group : Catalog.groups(Profile.MATRIX, Suite.HANDSHAKE)) {
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
