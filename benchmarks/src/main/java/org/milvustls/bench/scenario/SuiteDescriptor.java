package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;

/**
 * All that is known of one suite: what it is called, how much of it is measured, in which JVM, and
 * the comparisons that it makes. A new suite is one subclass, a constant of {@link Suite}, and its
 * operations in {@link Operation}.
 */
abstract class SuiteDescriptor {
  private final String id;
  private final String title;
  private final int burst;

  /**
   * A suite.
   *
   * @param id name in options, files and reports
   * @param title what one operation is, in words
   * @param burst operations of one burst whose median counts, after {@link Suite#LEADING} others
   */
  SuiteDescriptor(String id, String title, int burst) {
    this.id = id;
    this.title = title;
    this.burst = burst;
  }

  final String id() {
    return id;
  }

  final String title() {
    return title;
  }

  final int burst() {
    return burst;
  }

  /** Whether its operations talk to a Milvus. */
  boolean needsMilvus() {
    return true;
  }

  /** The operation of an arm as the subject of a sentence, such as "a search over TLS 1.3, JDK". */
  abstract String subject(String arm);

  /** What its forks need on the command line of their JVM besides what every fork has. */
  List<String> jvmFlags() {
    return List.of();
  }

  /** The delay that its positive control plants into each operation, in ns. */
  abstract long plantedNanos();

  /** Whether a profile measures it when no suite is named. */
  boolean isDefaultIn(Profile profile) {
    return true;
  }

  /** Counts for its main panel. */
  abstract Profile.Amount amount(Profile profile);

  /**
   * How long a fork warms at least, by the plan's costs, however few arms its panel has: the JIT
   * needs that time on two cores (docs/decisions/0015).
   */
  abstract Duration warmUp(Profile profile);

  /** What becomes one panel each, in the order in which reports show them; the main one first. */
  abstract List<ComparisonGroup> groups(Profile profile);

  /** The main panel: it has the name of the suite. */
  final ComparisonGroup main(Profile profile, List<Comparison> comparisons) {
    return new ComparisonGroup(id, title, comparisons, amount(profile));
  }
}
