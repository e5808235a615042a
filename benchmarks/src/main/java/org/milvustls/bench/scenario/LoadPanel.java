package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Arms under open-loop load at fixed rates. Each fork runs every rate of one grid for every arm in
 * turn, in random order, until the arm saturates.
 *
 * @param question as a person would ask it
 * @param arms the baseline first, then its control, then the compared arms
 * @param forks JVMs; a multiple of the number of server roles
 * @param processes client processes that share each rate
 * @param warmUp time at the middle rate, for all arms in turn, before anything counts
 * @param settle time of sending before calls count
 * @param window time in which calls count
 * @param latencyBound upper bound for the 99th percentile
 * @param mostInFlight limit of calls in flight at once; beyond it sending ends: overload
 * @param drainLimit longest wait for the last answers of a step
 * @param rates the grid in calls per second, rising; empty until the run has found it
 */
public record LoadPanel(
    String question,
    List<Arm> arms,
    int forks,
    int processes,
    Duration warmUp,
    Duration settle,
    Duration window,
    Duration latencyBound,
    int mostInFlight,
    Duration drainLimit,
    List<Double> rates) {
  /** Name of the panel in forks and files: that of its suite. */
  public static final String NAME = Suite.LOAD.id();

  /** Expected number of rates before the grid is known. */
  private static final int EXPECTED_RATES = 11;

  /** Average time until the queue of a step is empty. */
  private static final Duration DRAIN = Duration.ofMillis(100);

  /** Time for the start of the JVM, the opening of arms and the overhead of the harness. */
  private static final Duration FORK_OVERHEAD = Duration.ofSeconds(6);

  /** Steps to find the grid, for each arm: once as warm-up and once to find it. */
  private static final int SEARCH_STEPS = 7;

  /** Limit of calls in flight at once. A queue of Milvus's proxy takes 1,024. */
  private static final int MOST_IN_FLIGHT = 1000;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  public LoadPanel {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(warmUp, "warmUp");
    arms = List.copyOf(arms);
    rates = List.copyOf(rates);
    if (arms.isEmpty() || forks < 1 || processes < 1 || mostInFlight < processes) {
      throw new IllegalArgumentException(
          "arms " + arms + ", forks " + forks + ", processes " + processes);
    }
    if (window.isNegative() || window.isZero() || latencyBound.isNegative()) {
      throw new IllegalArgumentException("window " + window + ", bound " + latencyBound);
    }
  }

  /** The panel of a profile, without a grid. */
  static LoadPanel of(
      List<Arm> arms, LoadSuite.LoadAmount amount, Duration warmUp, Duration bound, int processes) {
    return new LoadPanel(
        "How many searches per second does one client get answered, with p99 below "
            + bound.toMillis()
            + " ms?",
        arms,
        amount.forks(),
        processes,
        warmUp,
        amount.window().dividedBy(4),
        amount.window(),
        bound,
        MOST_IN_FLIGHT,
        DRAIN_LIMIT,
        List.of());
  }

  /** The arm that the others are compared with. */
  public Arm baseline() {
    return arms.get(0);
  }

  /** The servers of the arms, in the order of first use. */
  public List<String> serverRoles() {
    return arms.stream().map(Arm::serverRole).distinct().toList();
  }

  /** A copy with a grid. */
  public LoadPanel on(List<Double> grid) {
    return with(arms, processes, grid);
  }

  /** A copy for one process of several. */
  public LoadPanel byOneProcess() {
    return with(arms, 1, rates);
  }

  /** A copy without unavailable cells; absent when no arm remains. */
  public Optional<LoadPanel> without(Set<Cell> unavailable) {
    List<Arm> left = arms.stream().filter(arm -> !unavailable.contains(arm.cell())).toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(with(left, processes, rates));
  }

  private LoadPanel with(List<Arm> otherArms, int otherProcesses, List<Double> otherRates) {
    return new LoadPanel(
        question,
        otherArms,
        forks,
        otherProcesses,
        warmUp,
        settle,
        window,
        latencyBound,
        mostInFlight,
        drainLimit,
        otherRates);
  }

  /** Number of warm-up steps of each arm at the middle rate; fixed before the run. */
  public int warmUpSteps() {
    Duration round = settle.plus(window).multipliedBy(arms.size());
    return Math.max(1, (int) Math.ceil((double) warmUp.toNanos() / round.toNanos()));
  }

  /** Expected time of one fork. */
  public Duration expectedFork() {
    int steps = warmUpSteps() + (rates.isEmpty() ? EXPECTED_RATES : rates.size());
    return FORK_OVERHEAD.plus(
        settle.plus(window).plus(DRAIN).multipliedBy((long) steps * arms.size()));
  }

  /** Expected time to find the grid. */
  public Duration expectedSearch() {
    return FORK_OVERHEAD.plusSeconds(2L * SEARCH_STEPS * arms.size());
  }
}
