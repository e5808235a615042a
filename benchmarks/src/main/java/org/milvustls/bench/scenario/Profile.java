package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much is measured. How wide the intervals get depends on the machine's scatter:
 * docs/method-calibration.md has the half-widths of the headline comparisons for that of two
 * machines.
 */
@SuppressWarnings("ImmutableEnumChecker") // an Amount is three ints
public enum Profile {
  /**
   * Proves that everything works and claims nothing: too few forks for an interval worth having.
   */
  SMOKE(
      "smoke",
      Duration.ofMinutes(3),
      new Amount(2, 4, 6),
      new Amount(2, 2, 4),
      new Amount(2, 2, 4),
      new LoadAmount(2, Duration.ofMillis(500))),
  /** The default: what the headline questions need, and no more. */
  QUICK(
      "quick",
      Duration.ofMinutes(10),
      new Amount(8, 28, 12),
      new Amount(8, 20, 10),
      new Amount(8, 20, 12),
      new LoadAmount(6, Duration.ofMillis(800))),
  /**
   * The headline comparisons with intervals about half as wide; beside them, with wide intervals,
   * what people choose between.
   */
  FULL(
      "full",
      Duration.ofMinutes(60),
      new Amount(12, 28, 24),
      new Amount(12, 8, 10),
      new Amount(12, 12, 10),
      new LoadAmount(6, Duration.ofMillis(1200))),
  /** Every comparison of the catalogue, with few forks and wide intervals; hours, and resumable. */
  MATRIX(
      "matrix",
      Duration.ofHours(6),
      new Amount(6, 28, 24),
      new Amount(8, 8, 10),
      new Amount(8, 12, 10),
      new LoadAmount(8, Duration.ofSeconds(4)));

  /**
   * Counts of one panel.
   *
   * @param forks JVMs
   * @param warmupCycles stored and not used: at least so many, and enough for {@link #warmUp}
   * @param cycles used
   */
  public record Amount(int forks, int warmupCycles, int cycles) {}

  /**
   * Counts of suite {@code load}.
   *
   * @param forks JVMs
   * @param window how long each rate is held for each arm
   */
  public record LoadAmount(int forks, Duration window) {}

  private final String id;
  private final Duration budget;
  private final Amount handshake;
  private final Amount connect;
  private final Amount search;
  private final LoadAmount load;

  Profile(
      String id,
      Duration budget,
      Amount handshake,
      Amount connect,
      Amount search,
      LoadAmount load) {
    this.id = id;
    this.budget = budget;
    this.handshake = handshake;
    this.connect = connect;
    this.search = search;
    this.load = load;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** A plan that is expected to take longer is refused. */
  public Duration budget() {
    return budget;
  }

  /**
   * Counts for the panels beside a suite's main one, with wide intervals: in profile full one fork
   * for each rotation of four servers, in profile matrix two.
   *
   * @param cycles used, in profile matrix
   */
  Amount survey(int cycles) {
    return this == MATRIX ? new Amount(8, 1, cycles) : new Amount(4, 1, cycles / 2 + 1);
  }

  /**
   * How long a fork warms at least, by the plan's costs, however few arms its panel has: the JIT
   * needs that time on two cores (docs/decisions/0015). A cycle of {@code cold-start} takes longer.
   */
  Duration warmUp(Suite suite) {
    if (this == SMOKE) {
      return Duration.ZERO;
    }
    int seconds =
        switch (suite) {
          case HANDSHAKE -> 15;
          // The few arms of profile quick were flat earlier, and it has ten minutes.
          case CONNECT -> this == QUICK ? 12 : 15;
          case SEARCH -> this == QUICK ? 10 : 15;
          // Its client waits most of the time, and compiles fewer calls in each second.
          case LOAD -> 24;
        };
    return Duration.ofSeconds(seconds);
  }

  /** Counts for suite {@code load}. */
  public LoadAmount load() {
    return load;
  }

  /** What is measured when no suite is named: an open loop takes long. */
  public Set<Suite> suites() {
    return this == SMOKE || this == QUICK
        ? EnumSet.complementOf(EnumSet.of(Suite.LOAD))
        : EnumSet.allOf(Suite.class);
  }

  /** Counts for a suite that does not hold a rate. */
  public Amount amount(Suite suite) {
    return switch (suite) {
      case HANDSHAKE -> handshake;
      case CONNECT -> connect;
      case SEARCH -> search;
      case LOAD -> throw new IllegalArgumentException("suite load has amounts of its own");
    };
  }

  /**
   * Finds a profile by its {@link #id()}; an unknown name is a usage error that lists the valid
   * ones.
   */
  public static Profile of(String id) {
    return Names.find("profile", values(), Profile::id, id);
  }

  @Override
  public String toString() {
    return id;
  }
}
