package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The complete plan of a run, written to {@code plan.json} before any measurement. {@code --resume}
 * reads it.
 *
 * @param schema {@link #SCHEMA} of the writer
 * @param profile name of the profile
 * @param seed fixes every order
 * @param panels compared cells, without unavailable ones
 * @param load panel of suite {@code load}; absent without it
 * @param forks every fork in the order in which it runs
 * @param unavailable requested cells that cannot be measured
 * @param confidence of the simultaneous intervals
 * @param expected expected duration
 * @param budget longest duration that the profile allows
 */
public record Plan(
    int schema,
    String profile,
    long seed,
    List<Panel> panels,
    Optional<LoadPanel> load,
    List<PlannedFork> forks,
    List<UnavailableCell> unavailable,
    double confidence,
    Duration expected,
    Duration budget) {

  /** Version of this record. Readers refuse a newer one. */
  public static final int SCHEMA = 1;

  /**
   * One fork.
   *
   * @param index place in the order
   * @param suite of its panel
   * @param panel name of the panel that it measures
   * @param rotation server role r gets data copy (r + rotation) mod roles
   * @param seed of the orders inside the fork
   * @param jvm home of the JVM that runs it; empty: the one that runs the harness
   */
  public record PlannedFork(
      int index, Suite suite, String panel, int rotation, long seed, Optional<String> jvm) {
    public PlannedFork {
      Objects.requireNonNull(panel, "panel");
      Objects.requireNonNull(jvm, "jvm");
    }
  }

  /**
   * A cell that leaves the plan.
   *
   * @param cell its name
   * @param reason why, and the next step
   * @param failed false when it cannot exist here (not available), true when it should work but
   *     failed
   */
  public record UnavailableCell(String cell, String reason, boolean failed) {

    /** Lines for people: each reason once, with its cells. */
    public static List<String> lines(Collection<UnavailableCell> cells) {
      Map<String, List<String>> byReason = new LinkedHashMap<>();
      for (UnavailableCell cell : cells) {
        String reason = (cell.failed() ? "FAILED: " : "not available: ") + cell.reason();
        byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add("    " + cell.cell());
      }
      return byReason.entrySet().stream()
          .map(entry -> entry.getKey() + "\n" + String.join("\n", entry.getValue()))
          .toList();
    }
  }

  public Plan {
    Objects.requireNonNull(profile, "profile");
    panels = List.copyOf(panels);
    Objects.requireNonNull(load, "load");
    forks = List.copyOf(forks);
    unavailable = List.copyOf(unavailable);
  }

  /** Homes of the JVMs that are compared with the one that runs the harness. */
  public List<String> otherJvms() {
    return forks.stream().flatMap(fork -> fork.jvm().stream()).distinct().toList();
  }

  /** The servers of all panels. */
  public List<String> serverRoles() {
    return Stream.concat(
            panels.stream().flatMap(panel -> panel.serverRoles().stream()),
            load.stream().flatMap(rates -> rates.serverRoles().stream()))
        .distinct()
        .toList();
  }

  /**
   * The servers that run while a panel is measured. Panels whose servers differ only in mode share
   * them, so that a round starts them once. A panel whose servers differ in more has its own,
   * because idle servers take CPU time from the others.
   */
  public List<String> serverRoles(String panel) {
    if (load.isPresent() && panel.equals(LoadPanel.NAME)) {
      return load.get().serverRoles();
    }
    return serverRoles(panels, panel(panel));
  }

  static List<String> serverRoles(List<Panel> panels, Panel panel) {
    return differInModeOnly(panel)
        ? panels.stream()
            .filter(Plan::differInModeOnly)
            .flatMap(other -> other.serverRoles().stream())
            .distinct()
            .toList()
        : panel.serverRoles();
  }

  private static boolean differInModeOnly(Panel panel) {
    return panel.suite().needsMilvus()
        && panel.serverRoles().stream().map(ServerRole::of).allMatch(ServerRole::hasUsualKey);
  }

  /** Names of all panels, grouped by their servers; those in memory first. */
  public List<List<String>> panelsByServers() {
    Map<List<String>, List<String>> names = new LinkedHashMap<>();
    names.put(List.of(), new ArrayList<>());
    Stream.concat(panels.stream().map(Panel::name), load.stream().map(rates -> LoadPanel.NAME))
        .forEach(
            name -> names.computeIfAbsent(serverRoles(name), any -> new ArrayList<>()).add(name));
    return names.values().stream().filter(group -> !group.isEmpty()).toList();
  }

  /** Every arm of these panels. */
  public List<Arm> arms(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                name.equals(LoadPanel.NAME)
                    ? load.orElseThrow().arms().stream()
                    : panel(name).arms().stream())
        .toList();
  }

  /** Every arm of every panel. */
  public List<Arm> arms() {
    return Stream.concat(
            panels.stream().flatMap(panel -> panel.arms().stream()),
            load.stream().flatMap(rates -> rates.arms().stream()))
        .toList();
  }

  /** Expected time of one fork, with the start of its JVM. */
  public Duration expected(PlannedFork fork) {
    return fork.suite() == Suite.LOAD
        ? load.orElseThrow().expectedFork()
        : Planner.expectedFork(panel(fork.panel()));
  }

  /** A copy with a grid of rates. */
  public Plan on(List<Double> rates) {
    return new Plan(
        schema,
        profile,
        seed,
        panels,
        load.map(panel -> panel.on(rates)),
        forks,
        unavailable,
        confidence,
        expected,
        budget);
  }

  /** The panel of this name. */
  public Panel panel(String name) {
    return panels.stream()
        .filter(panel -> panel.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no panel " + name));
  }
}
