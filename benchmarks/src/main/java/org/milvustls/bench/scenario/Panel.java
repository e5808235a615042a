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
 * @param title its operations in words
 * @param suite suite of all its cells
 * @param comparisons the questions
 * @param arms every cell of the comparisons once, a control for each baseline, one positive control
 *     and the arm that it is compared with
 * @param forks JVMs; for a suite with servers a multiple of the number of server roles
 * @param warmupCycles cycles at the start of a fork that are stored but not used
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

  /** A copy with as many cycles of warm-up as fit that time, but not fewer than before. */
  Panel warmedFor(Duration warmUp) {
    int needed = (int) Math.ceil((double) warmUp.toNanos() / cycleNanos());
    return new Panel(
        name, title, suite, comparisons, arms, forks, Math.max(warmupCycles, needed), cycles);
  }

  /**
   * Approximate time of one burst of every arm on a small machine, in ns, leading operations and
   * fillers included. Used only for the expected duration of a plan and of its warm-up, never for a
   * result.
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

  /** A copy with another name. */
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

  /** The servers of the arms, in the order of first use; empty without Milvus. */
  public List<String> serverRoles() {
    return suite.needsMilvus() ? arms.stream().map(Arm::serverRole).distinct().toList() : List.of();
  }

  /**
   * The arms to repeat, unrecorded, so that every server gets as many calls as the busiest. A
   * server with half as many calls was measured as 10 % slower. Empty where all servers idle most
   * of the time.
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
   * A copy without unavailable cells, with the same time of warm-up; absent when no comparison
   * remains.
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
