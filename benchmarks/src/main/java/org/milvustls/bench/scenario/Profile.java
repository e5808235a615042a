package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The amount of measurement. The width of the intervals depends on the machine's scatter:
 * docs/method-calibration.md has the half-widths of the headline comparisons on two machines.
 */
public enum Profile {
  /** Shows that everything works, without results: too few forks for a useful interval. */
  SMOKE("smoke", Duration.ofMinutes(3)),
  /** The default: only the headline questions. */
  QUICK("quick", Duration.ofMinutes(10)),
  /**
   * The headline comparisons with intervals about half as wide, and the common choices with wide
   * intervals.
   */
  FULL("full", Duration.ofMinutes(60)),
  /** Every comparison, with few forks and wide intervals; hours, and resumable. */
  MATRIX("matrix", Duration.ofHours(6));

  /**
   * Counts of one panel.
   *
   * @param forks JVMs
   * @param warmupCycles fewest cycles that are stored but not used; more where the suite's warm-up
   *     needs them
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

  /** Longest expected duration of a plan; a longer plan is refused. */
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

  /** Whether the profile measures more than the headline questions. */
  boolean isThorough() {
    return this == FULL || this == MATRIX;
  }

  /** The default suites of the profile. */
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
