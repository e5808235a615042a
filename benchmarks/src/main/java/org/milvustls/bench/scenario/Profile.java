package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured. How wide the intervals get depends on the machine's scatter:
 * docs/method-calibration.md has the half-widths of the headline comparisons for that of two
 * machines.
 */
public enum Profile {
  /**
   * Proves that everything works and claims nothing: too few forks for an interval worth having.
   */
  SMOKE("smoke", Duration.ofMinutes(3)),
  /** The default: what the headline questions need, and no more. */
  QUICK("quick", Duration.ofMinutes(10)),
  /**
   * The headline comparisons with intervals about half as wide; beside them, with wide intervals,
   * what people choose between.
   */
  FULL("full", Duration.ofMinutes(60)),
  /** Every comparison, with few forks and wide intervals; hours, and resumable. */
  MATRIX("matrix", Duration.ofHours(6));

  /**
   * Counts of one panel.
   *
   * @param forks JVMs
   * @param warmupCycles stored and not used: at least so many, and enough for the warm-up of its
   *     suite
   * @param cycles used
   */
  public record Amount(int forks, int warmupCycles, int cycles) {}

  private final String id;
  private final Duration budget;

  Profile(String id, Duration budget) {
    this.id = id;
    this.budget = budget;
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

  /** Whether there is time for more than the headline questions. */
  boolean isThorough() {
    return this == FULL || this == MATRIX;
  }

  /** The suites that are measured when none is named. */
  public Set<Suite> suites() {
    return Arrays.stream(Suite.values())
        .filter(suite -> suite.isDefaultIn(this))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Suite.class)));
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
