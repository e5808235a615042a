package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;

/**
 * The definition of one suite: its names, its amounts, its JVM flags and its comparisons. A new
 * suite needs one subclass, a constant of {@link Suite}, and its operations in {@link Operation}.
 */
abstract class SuiteDescriptor {
  private final String id;
  private final String title;
  private final int burst;

  /**
   * A suite.
   *
   * @param id name in options, files and reports
   * @param title one operation in words
   * @param burst counted operations of one burst, after {@link Suite#LEADING} others
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

  /** Whether its operations need a Milvus. */
  boolean needsMilvus() {
    return true;
  }

  /** The operation of an arm as the subject of a sentence, such as "a search over TLS 1.3, JDK". */
  abstract String subject(String arm);

  /** JVM flags of its forks, in addition to those of every fork. */
  List<String> jvmFlags() {
    return List.of();
  }

  /** The delay that its positive control plants into each operation, in ns. */
  abstract long plantedNanos();

  /** Whether it is a default suite of a profile. */
  boolean isDefaultIn(Profile profile) {
    return true;
  }

  /** Counts for its main panel. */
  abstract Profile.Amount amount(Profile profile);

  /**
   * Shortest warm-up of a fork, by the plan's costs, even with few arms: the JIT needs that time on
   * two cores (docs/decisions/0015).
   */
  abstract Duration warmUp(Profile profile);

  /** Groups of comparisons, one for each panel, in the order of the reports; the main one first. */
  abstract List<ComparisonGroup> groups(Profile profile);

  /** The main panel: it has the name of the suite. */
  final ComparisonGroup main(Profile profile, List<Comparison> comparisons) {
    return new ComparisonGroup(id, title, comparisons, amount(profile));
  }
}
