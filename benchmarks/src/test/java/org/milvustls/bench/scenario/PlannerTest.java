package org.milvustls.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Plan.UnavailableCell;

class PlannerTest {
  private static Planner.Request request(Profile profile, long seed, String... filters) {
    return new Planner.Request(
        profile,
        profile.suites(),
        List.of(filters).stream().map(CellFilter::of).toList(),
        seed,
        List.of());
  }

  private static Plan plan(Profile profile, long seed, String... filters) {
    return Planner.plan(request(profile, seed, filters), Map.of());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void every_profile_fits_its_budget(Profile profile) {
    assertThat(plan(profile, 1).expected()).isLessThanOrEqualTo(profile.budget());
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "MATRIX"})
  void a_reconnect_of_the_sdk_of_ours_and_in_plaintext_are_paired_in_one_panel(Profile profile) {
    assertThat(plan(profile, 1).panel("connect").comparisons())
        .filteredOn(comparison -> comparison.name().equals("connect-sdk-reconnect"))
        .singleElement()
        .satisfies(
            comparison -> {
              assertThat(comparison.baseline().name()).startsWith("connect-sdk/server/jdk/");
              assertThat(comparison.cells().stream().map(Cell::name))
                  .satisfiesExactly(
                      name -> assertThat(name).startsWith("connect/server/jdk/"),
                      name -> assertThat(name).startsWith("connect/server/boringssl/"),
                      name -> assertThat(name).isEqualTo("connect/off"));
            });
  }

  @Test
  void the_seed_fixes_every_order() {
    assertThat(plan(Profile.QUICK, 7)).isEqualTo(plan(Profile.QUICK, 7));
    assertThat(plan(Profile.QUICK, 7).forks()).isNotEqualTo(plan(Profile.QUICK, 8).forks());
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"QUICK", "FULL", "MATRIX"})
  void each_panel_gets_its_forks_and_every_rotation_equally_often(Profile profile) {
    Plan plan = plan(profile, 3);
    for (Panel panel : plan.panels()) {
      List<PlannedFork> forks =
          plan.forks().stream().filter(fork -> fork.panel().equals(panel.name())).toList();
      assertThat(forks).hasSize(panel.forks());
      int roles = Math.max(1, plan.serverRoles(panel.name()).size());
      for (int rotation = 0; rotation < roles; rotation++) {
        int wanted = rotation;
        assertThat(forks.stream().filter(fork -> fork.rotation() == wanted).count())
            .as("%s rotation %s", panel.name(), rotation)
            .isBetween((long) panel.forks() / roles, (long) (panel.forks() + roles - 1) / roles);
      }
    }
  }

  /** Between two forks in memory, servers are started once, and once more for keys of their own. */
  @Test
  void forks_of_one_round_find_the_servers_that_they_need_running() {
    Plan plan = plan(Profile.FULL, 3);
    int starts = 0;
    String running = "";
    for (PlannedFork fork : plan.forks()) {
      String needed =
          fork.suite().needsMilvus() ? plan.serverRoles(fork.panel()) + " " + fork.rotation() : "";
      starts += needed.isEmpty() || needed.equals(running) ? 0 : 1;
      running = needed;
    }
    int rounds = plan.panel("connect").forks() + plan.panel("connect-keys").forks();
    assertThat(starts).isLessThanOrEqualTo(rounds + plan.load().orElseThrow().forks());
  }

  @Nested
  class WhenServersDifferInTheirKey {
    private final Panel panel = plan(Profile.FULL, 1).panel("connect-keys");

    @Test
    void each_key_and_the_control_have_a_server_of_their_own() {
      assertThat(panel.serverRoles())
          .containsExactly("server", "server-control", "server-rsa-2048", "server-rsa-4096");
    }

    @Test
    void these_servers_run_for_that_panel_only() {
      Plan plan = plan(Profile.FULL, 1);
      assertThat(plan.serverRoles("connect-keys")).isEqualTo(panel.serverRoles());
      assertThat(plan.serverRoles("connect"))
          .containsExactly("off", "off-control", "server", "mutual");
      assertThat(plan.serverRoles("connect-settings")).isEqualTo(plan.serverRoles("connect"));
      assertThat(plan.serverRoles("handshake")).isEmpty();
    }

    @Test
    void a_role_is_read_as_it_is_written() {
      assertThat(panel.serverRoles())
          .allSatisfy(role -> assertThat(ServerRole.of(role).id()).isEqualTo(role));
    }
  }

  @Test
  void another_jvm_gets_a_fork_in_each_round_of_a_suite_and_the_plan_takes_as_long_again() {
    Plan one =
        Planner.plan(
            new Planner.Request(
                Profile.SMOKE, EnumSet.of(Suite.HANDSHAKE), List.of(), 3, List.of()),
            Map.of());
    Plan two =
        Planner.plan(
            new Planner.Request(
                Profile.SMOKE, EnumSet.of(Suite.HANDSHAKE), List.of(), 3, List.of("/jvm/other")),
            Map.of());

    assertThat(two.otherJvms()).containsExactly("/jvm/other");
    assertThat(two.forks()).hasSize(2 * one.forks().size());
    for (int round = 0; round < one.forks().size(); round++) {
      assertThat(two.forks().subList(2 * round, 2 * round + 2))
          .extracting(PlannedFork::jvm)
          .containsExactlyInAnyOrder(Optional.empty(), Optional.of("/jvm/other"));
    }
    assertThat(two.expected()).isGreaterThan(one.expected());
  }

  @Test
  void forks_with_milvus_follow_one_another_so_that_servers_start_once_a_round() {
    List<PlannedFork> forks = plan(Profile.QUICK, 5).forks();
    for (int i = 0; i < forks.size(); i++) {
      PlannedFork fork = forks.get(i);
      if (fork.suite() == Suite.HANDSHAKE) {
        continue;
      }
      assertThat(Stream.of(i - 1, i + 1).filter(j -> j >= 0 && j < forks.size()).map(forks::get))
          .as("beside fork " + i)
          .anyMatch(
              beside ->
                  beside.suite() != Suite.HANDSHAKE
                      && beside.suite() != fork.suite()
                      && beside.rotation() == fork.rotation());
    }
  }

  @Nested
  class WhenAFilterIsGiven {
    @Test
    void only_matching_cells_and_their_baselines_are_left() {
      Plan plan = plan(Profile.QUICK, 1, "connect/mutual/jdk/*");
      assertThat(plan.panels()).singleElement().extracting(Panel::suite).isEqualTo(Suite.CONNECT);
      assertThat(plan.panels().get(0).comparisons())
          .singleElement()
          .satisfies(
              comparison -> {
                assertThat(comparison.baseline().name()).isEqualTo("connect/off");
                assertThat(comparison.cells())
                    .singleElement()
                    .asString()
                    .startsWith("connect/mutual/jdk/");
              });
    }

    @Test
    void one_that_matches_nothing_is_refused_with_the_way_to_the_names() {
      assertThatThrownBy(() -> plan(Profile.QUICK, 1, "nothing/*"))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("nothing/*")
          .hasMessageContaining("./run-benchmarks.sh plan --profile quick");
    }
  }

  private static Duration warmUp(Panel panel) {
    return Duration.ofNanos(panel.warmupCycles() * panel.cycleNanos());
  }

  @ParameterizedTest
  @EnumSource(names = {"QUICK", "FULL", "MATRIX"})
  void every_panel_warms_for_the_time_that_the_jit_needs(Profile profile) {
    assertThat(plan(profile, 1).panels())
        .allSatisfy(
            panel ->
                assertThat(warmUp(panel)).isGreaterThanOrEqualTo(panel.suite().warmUp(profile)));
  }

  @Test
  void a_panel_of_fewer_arms_warms_for_as_long() {
    Panel whole = plan(Profile.FULL, 1).panel("handshake-mutual");
    Panel filtered =
        plan(Profile.FULL, 1, "handshake/mutual/boringssl/*").panel("handshake-mutual");
    assertThat(filtered.arms()).hasSizeLessThan(whole.arms().size());
    assertThat(filtered.warmupCycles()).isGreaterThan(whole.warmupCycles());
    assertThat(warmUp(filtered)).isGreaterThanOrEqualTo(Suite.HANDSHAKE.warmUp(Profile.FULL));
  }

  @Test
  void a_client_of_an_open_loop_warms_for_its_time_and_one_of_fewer_arms_in_more_steps() {
    LoadPanel whole = plan(Profile.FULL, 1).load().orElseThrow();
    LoadPanel filtered = plan(Profile.FULL, 1, "load/server/boringssl/*").load().orElseThrow();
    assertThat(filtered.arms()).hasSizeLessThan(whole.arms().size());
    assertThat(filtered.warmUpSteps()).isGreaterThan(whole.warmUpSteps());
    assertThat(List.of(whole, filtered))
        .allSatisfy(
            load ->
                assertThat(
                        load.settle()
                            .plus(load.window())
                            .multipliedBy((long) load.warmUpSteps() * load.arms().size()))
                    .isGreaterThanOrEqualTo(Suite.LOAD.warmUp(Profile.FULL)));
    LoadPanel smoke =
        Planner.plan(
                new Planner.Request(Profile.SMOKE, Set.of(Suite.LOAD), List.of(), 1, List.of()),
                Map.of())
            .load()
            .orElseThrow();
    assertThat(smoke.warmUpSteps()).isEqualTo(1);
  }

  @Test
  void each_provider_beyond_two_has_code_to_compile_and_time_for_it() {
    Panel six = plan(Profile.FULL, 1).panel("handshake-providers-tls1.3");
    Panel two =
        plan(Profile.FULL, 1, "handshake/server/conscrypt/tls1.3/*/seen")
            .panel("handshake-providers-tls1.3");
    assertThat(warmUp(six)).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(37));
    assertThat(warmUp(two)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));
  }

  @Nested
  class WhenACellIsNotAvailable {
    private final Cell cell =
        Suite.HANDSHAKE.groups(Profile.QUICK).get(0).comparisons().get(0).cells().get(0);

    @Test
    void it_leaves_the_plan_with_its_reason_and_the_others_stay() {
      Plan before = plan(Profile.QUICK, 1);
      Plan after =
          Planner.without(
              before, List.of(new UnavailableCell(cell.name(), "no such library", false)));
      assertThat(after.unavailable())
          .extracting(UnavailableCell::reason)
          .contains("no such library");
      assertThat(after.panel("handshake").arms()).extracting(Arm::cell).doesNotContain(cell);
      assertThat(after.panel("connect")).isEqualTo(before.panel("connect"));
      assertThat(warmUp(after.panel("handshake")))
          .isGreaterThanOrEqualTo(warmUp(before.panel("handshake")));
    }

    @Test
    void a_suite_without_any_cell_left_has_no_forks() {
      Plan before = plan(Profile.QUICK, 1);
      List<UnavailableCell> all =
          before.panel("search").arms().stream()
              .map(arm -> new UnavailableCell(arm.cell().name(), "no Milvus", false))
              .toList();
      assertThat(Planner.without(before, all).forks())
          .extracting(PlannedFork::suite)
          .doesNotContain(Suite.SEARCH)
          .contains(Suite.HANDSHAKE);
    }
  }

  @Test
  void every_comparison_varies_what_it_says_and_has_a_name_of_its_own() {
    for (Profile profile : Profile.values()) {
      for (Suite suite : Suite.values()) {
        List<Comparison> comparisons =
            suite.groups(profile).stream().flatMap(group -> group.comparisons().stream()).toList();
        assertThat(comparisons).extracting(Comparison::name).doesNotHaveDuplicates();
        assertThat(comparisons).allSatisfy(c -> assertThat(c.question()).endsWith("?"));
      }
    }
  }

  @Test
  void tls_1_2_in_mutual_mode_is_impossible_on_milvus_and_says_why() {
    Cell cell =
        Cell.secured(
            Operation.CONNECT,
            org.milvustls.tls.TlsMode.MUTUAL,
            Cell.Tls.base(org.milvustls.bench.scenario.ClientProvider.JDK)
                .with(org.milvustls.tls.TlsProtocol.TLS_1_2));
    assertThat(cell.impossible())
        .isEqualTo(
            "Milvus has no TLS 1.2 in mutual mode: its listener sets TLS 1.3 as the minimum there");
  }

  @Test
  void unknown_names_list_the_valid_ones() {
    assertThatThrownBy(() -> Profile.of("fast"))
        .hasMessage("unknown profile: 'fast'; allowed: smoke, quick, full, matrix");
    assertThatThrownBy(() -> Suite.of("query"))
        .hasMessage("unknown suite: 'query'; allowed: handshake, connect, search, load");
  }

  @Test
  void every_server_is_called_as_often_as_the_busiest() {
    Panel panel = plan(Profile.QUICK, 1).panel("connect");
    List<Arm> turns = new java.util.ArrayList<>(panel.arms());
    turns.addAll(panel.fillers());
    Set<Long> perServer =
        new java.util.HashSet<>(
            turns.stream()
                .collect(
                    java.util.stream.Collectors.groupingBy(
                        Arm::serverRole, java.util.stream.Collectors.counting()))
                .values());
    assertThat(perServer).hasSize(1);
  }
}
