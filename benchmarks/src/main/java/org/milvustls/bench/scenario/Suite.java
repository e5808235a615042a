package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;

/** A family of operations that answer one question. */
@SuppressWarnings("ImmutableEnumChecker") // descriptors have no state that changes
public enum Suite {
  /** What a TLS handshake costs each side, in memory, without a network. */
  HANDSHAKE(new HandshakeSuite()),
  /** What a new connection to a real Milvus costs, up to its first answer. */
  CONNECT(new ConnectSuite()),
  /** What a search on an open connection to a real Milvus costs. */
  SEARCH(new SearchSuite()),
  /** How many searches per second are answered in time, calls being sent at a held rate. */
  LOAD(new LoadSuite());

  /** Leading operations of a burst: performed and checked, kept apart from the burst's median. */
  public static final int LEADING = 3;

  private final SuiteDescriptor descriptor;

  Suite(SuiteDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return descriptor.id();
  }

  /** What one operation is, in words. */
  public String title() {
    return descriptor.title();
  }

  /** Operations of one burst whose median counts, after {@link #LEADING} that do not. */
  public int burst() {
    return descriptor.burst();
  }

  public boolean needsMilvus() {
    return descriptor.needsMilvus();
  }

  /** The operation of an arm as the subject of a sentence, such as "a search over TLS 1.3, JDK". */
  public String subject(String arm) {
    return descriptor.subject(arm);
  }

  /** What its forks need on the command line of their JVM besides what every fork has. */
  public List<String> jvmFlags() {
    return descriptor.jvmFlags();
  }

  /** The delay that its positive control plants into each operation, in ns. */
  public long plantedNanos() {
    return descriptor.plantedNanos();
  }

  /** Counts for its main panel; suite {@code load} has amounts of its own. */
  public Profile.Amount amount(Profile profile) {
    return descriptor.amount(profile);
  }

  /** How long a fork warms at least, by the plan's costs. */
  Duration warmUp(Profile profile) {
    return descriptor.warmUp(profile);
  }

  boolean isDefaultIn(Profile profile) {
    return descriptor.isDefaultIn(profile);
  }

  /** What becomes one panel each, in the order in which reports show them; the main one first. */
  public List<ComparisonGroup> groups(Profile profile) {
    return descriptor.groups(profile);
  }

  /**
   * Finds a suite by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static Suite of(String id) {
    return Names.find("suite", values(), Suite::id, id);
  }

  @Override
  public String toString() {
    return id();
  }
}
