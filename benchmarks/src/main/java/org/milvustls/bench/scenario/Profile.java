package org.milvustls.bench.scenario;

import java.time.Duration;

/** How much is measured. The promised half-widths bind the headline comparisons only. */
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
      new Amount(2, 2, 4)),
  /** The default: handshake +-1.5 %, connect +-3 %, small search +-2.5 %. */
  QUICK(
      "quick",
      Duration.ofMinutes(10),
      new Amount(4, 24, 12),
      new Amount(8, 8, 6),
      new Amount(8, 8, 8)),
  /**
   * The headline comparisons: handshake +-0.7 %, connect +-1.5 %, search and payload search +-1 to
   * 1.5 %.
   */
  FULL(
      "full",
      Duration.ofMinutes(60),
      new Amount(12, 24, 24),
      new Amount(24, 8, 10),
      new Amount(24, 8, 10)),
  /** Every comparison of the catalogue, with few forks and wide intervals; hours, and resumable. */
  MATRIX(
      "matrix",
      Duration.ofHours(6),
      new Amount(6, 24, 24),
      new Amount(8, 8, 10),
      new Amount(8, 8, 10));

  /**
   * Counts of one panel.
   *
   * @param forks JVMs
   * @param warmupCycles stored and not used
   * @param cycles used
   */
  public record Amount(int forks, int warmupCycles, int cycles) {}

  private final String id;
  private final Duration budget;
  private final Amount handshake;
  private final Amount connect;
  private final Amount search;

  Profile(String id, Duration budget, Amount handshake, Amount connect, Amount search) {
    this.id = id;
    this.budget = budget;
    this.handshake = handshake;
    this.connect = connect;
    this.search = search;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** A plan that is expected to take longer is refused. */
  public Duration budget() {
    return budget;
  }

  /** Counts for a suite. */
  public Amount amount(Suite suite) {
    return switch (suite) {
      case HANDSHAKE -> handshake;
      case CONNECT -> connect;
      case SEARCH -> search;
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
