package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Arms that are sent calls at held rates, side by side: each fork holds every rate of one grid for
 * every arm in turn, in random order, until the arm saturates.
 *
 * @param question as a person would ask it
 * @param arms the baseline first, then its control, then what is compared
 * @param forks JVMs; a multiple of the number of server roles
 * @param processes client processes that share each rate
 * @param warmUp how long a fork holds the middle rate for all arms in turn before anything counts
 * @param settle how long calls are sent before they count
 * @param window how long calls count
 * @param latencyBound the 99th percentile may be this long
 * @param mostInFlight calls under way at once, after which sending ends: overload
 * @param drainLimit how long the last answers of a step are waited for
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

  /** So many rates are expected while the grid is not known. */
  private static final int EXPECTED_RATES = 11;

  /** Until the queue of a step is empty, on average. */
  private static final Duration DRAIN = Duration.ofMillis(100);

  /** JVM, opening of arms, overhead of the harness. */
  private static final Duration FORK_OVERHEAD = Duration.ofSeconds(6);

  /** Steps by which the grid is found, for each arm, once to warm and once to find it. */
  private static final int SEARCH_STEPS = 7;

  /** Calls under way at once, at most: what Milvus takes into a queue of its proxy is 1,024. */
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

  /** The panel of a profile, its grid not yet found. */
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

  /** What the others are compared with. */
  public Arm baseline() {
    return arms.get(0);
  }

  /** The servers that the arms talk to, in the order of first use. */
  public List<String> serverRoles() {
    return arms.stream().map(Arm::serverRole).distinct().toList();
  }

  /** The same panel with the grid that was found. */
  public LoadPanel on(List<Double> grid) {
    return with(arms, processes, grid);
  }

  /** The same panel for one process of several. */
  public LoadPanel byOneProcess() {
    return with(arms, 1, rates);
  }

  /** The same panel without cells that cannot be measured; absent when no arm is left. */
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

  /** Steps that each arm has at the middle rate before anything counts; fixed before the run. */
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

  /** Expected time of finding the grid. */
  public Duration expectedSearch() {
    return FORK_OVERHEAD.plusSeconds(2L * SEARCH_STEPS * arms.size());
  }
}
