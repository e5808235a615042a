package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Comparisons that are measured together: their arms alternate inside the same forks.
 *
 * @param name unique in a plan: that of the suite for its main panel
 * @param title what its operations are, in words
 * @param suite what all its cells belong to
 * @param comparisons the questions
 * @param arms every cell of the comparisons once, a control for each baseline, one positive control
 *     and what it is held against
 * @param forks JVMs; for a suite with servers a multiple of the number of server roles
 * @param warmupCycles cycles at the start of a fork that are stored and not used
 * @param cycles cycles that are used
 */
public record Panel(
    String name,
    String title,
    Suite suite,
    List<Comparison> comparisons,
    List<Arm> arms,
    int forks,
    int warmupCycles,
    int cycles) {
  public Panel {
    Objects.requireNonNull(suite, "suite");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    comparisons = List.copyOf(comparisons);
    arms = List.copyOf(arms);
    if (forks < 1 || warmupCycles < 1 || cycles < 2) {
      throw new IllegalArgumentException(
          name + ": forks " + forks + ", warm-up cycles " + warmupCycles + ", cycles " + cycles);
    }
  }

  /**
   * The main panel of a suite; {@code plantedNanos} goes into the first baseline's positive
   * control.
   */
  public static Panel of(
      List<Comparison> comparisons, long plantedNanos, int forks, int warmupCycles, int cycles) {
    Suite suite = comparisons.get(0).baseline().suite();
    return new Panel(
        suite.id(),
        suite.title(),
        suite,
        comparisons,
        armsOf(comparisons, plantedNanos),
        forks,
        warmupCycles,
        cycles);
  }

  /** The same, with as many cycles of warm-up as that time has, but not fewer than before. */
  Panel warmedFor(Duration warmUp) {
    int needed = (int) Math.ceil((double) warmUp.toNanos() / cycleNanos());
    return new Panel(
        name, title, suite, comparisons, arms, forks, Math.max(warmupCycles, needed), cycles);
  }

  /**
   * About what one burst of every arm takes on a small machine, in ns, leading operations and
   * fillers included. Only the expected duration of a plan, and of its warm-up, is made of it; no
   * result is.
   */
  long cycleNanos() {
    return Stream.concat(arms.stream(), fillers().stream()).mapToLong(Panel::burstNanos).sum();
  }

  private static long burstNanos(Arm arm) {
    Operation operation = arm.cell().operation();
    return (operation.burst() + operation.leading())
        * (operation.nominalNanos(arm.cell()) + arm.plantedNanos());
  }

  private Duration warmUp() {
    return Duration.ofNanos(warmupCycles * cycleNanos());
  }

  /** The same under another name. */
  Panel named(String otherName, String otherTitle) {
    return new Panel(otherName, otherTitle, suite, comparisons, arms, forks, warmupCycles, cycles);
  }

  private static List<Arm> armsOf(List<Comparison> comparisons, long plantedNanos) {
    Set<Arm> arms = new LinkedHashSet<>();
    Set<Cell> apart = new HashSet<>();
    comparisons.stream()
        .filter(Comparison::spansServers)
        .forEach(comparison -> apart.add(comparison.baseline()));
    for (Comparison comparison : comparisons) {
      Cell baseline = comparison.baseline();
      arms.add(Arm.measured(baseline));
      arms.add(apart.contains(baseline) ? Arm.controlApart(baseline) : Arm.control(baseline));
      comparison.cells().forEach(cell -> arms.add(Arm.measured(cell)));
    }
    Arm planted = Arm.planted(comparisons.get(0).baseline(), plantedNanos);
    arms.add(planted);
    arms.add(planted.paused());
    return List.copyOf(arms);
  }

  /** The servers that the arms talk to, in the order of first use; empty without Milvus. */
  public List<String> serverRoles() {
    return suite.needsMilvus() ? arms.stream().map(Arm::serverRole).distinct().toList() : List.of();
  }

  /**
   * The arms to repeat, unrecorded, so that every server is called as often as the busiest: a
   * server that is called half as often has been seen to look 10 % slower. None where all servers
   * idle most of the time.
   */
  public List<Arm> fillers() {
    Map<String, List<Arm>> byServer = new LinkedHashMap<>();
    for (Arm arm : arms) {
      byServer.computeIfAbsent(arm.serverRole(), role -> new ArrayList<>()).add(arm);
    }
    int most = byServer.values().stream().mapToInt(List::size).max().orElse(0);
    List<Arm> fillers = new ArrayList<>();
    for (List<Arm> ofServer : byServer.values()) {
      for (int i = ofServer.size(); i < most; i++) {
        fillers.add(ofServer.get(i % ofServer.size()));
      }
    }
    boolean idle = arms.stream().allMatch(arm -> arm.cell().operation().isMostlyWaiting());
    return suite.needsMilvus() && !idle ? List.copyOf(fillers) : List.of();
  }

  /**
   * The same panel without cells that cannot be measured, warmed for as long; absent when no
   * comparison is left.
   */
  public java.util.Optional<Panel> without(Set<Cell> unavailable) {
    List<Comparison> left = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      List<Cell> cells =
          comparison.cells().stream().filter(cell -> !unavailable.contains(cell)).toList();
      if (!unavailable.contains(comparison.baseline()) && !cells.isEmpty()) {
        left.add(
            new Comparison(
                comparison.name(),
                comparison.question(),
                comparison.baseline(),
                cells,
                comparison.headline(),
                comparison.margin()));
      }
    }
    long planted = arms.stream().mapToLong(Arm::plantedNanos).max().orElseThrow();
    return left.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            of(left, planted, forks, warmupCycles, cycles).named(name, title).warmedFor(warmUp()));
  }
}
