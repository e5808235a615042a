package org.milvustls.bench.scenario;

import java.time.Duration;
import java.util.List;

/** A family of operations that answer one question. */
@SuppressWarnings("ImmutableEnumChecker") // descriptors have no state that changes
public enum Suite {
  /** The cost of a TLS handshake for each side, in memory, without a network. */
  HANDSHAKE(new HandshakeSuite()),
  /** The cost of a new connection to a real Milvus, up to its first answer. */
  CONNECT(new ConnectSuite()),
  /** The cost of a search on an open connection to a real Milvus. */
  SEARCH(new SearchSuite()),
  /** The rate of searches that are answered in time, under open-loop load. */
  LOAD(new LoadSuite());

  /** Leading operations of a burst: performed and checked, but not counted in its median. */
  public static final int LEADING = 3;

  private final SuiteDescriptor descriptor;

  Suite(SuiteDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return descriptor.id();
  }

  /** One operation in words. */
  public String title() {
    return descriptor.title();
  }

  /** Counted operations of one burst, after {@link #LEADING} that do not count. */
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

  /** JVM flags of its forks, in addition to those of every fork. */
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

  /** Shortest warm-up of a fork, by the plan's costs. */
  Duration warmUp(Profile profile) {
    return descriptor.warmUp(profile);
  }

  boolean isDefaultIn(Profile profile) {
    return descriptor.isDefaultIn(profile);
  }

  /** Groups of comparisons, one for each panel, in the order of the reports; the main one first. */
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
