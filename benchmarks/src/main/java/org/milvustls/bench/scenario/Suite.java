package org.milvustls.bench.scenario;

/** A family of operations that answer one question. */
public enum Suite {
  /** What a TLS handshake costs each side, in memory, without a network. */
  HANDSHAKE("handshake", "handshake, client side, in memory", 20, false),
  /** What a new connection to a real Milvus costs, up to its first answer. */
  CONNECT("connect", "new connection and first RPC", 10, true),
  /** What a search on an open connection to a real Milvus costs. */
  SEARCH("search", "search on an open connection", 25, true),
  /** How many searches per second are answered in time, calls being sent at a held rate. */
  LOAD("load", "searches at a held rate (open loop)", 1, true);

  /** Leading operations of a burst: performed and checked, kept apart from the burst's median. */
  public static final int LEADING = 3;

  private final String id;
  private final String title;
  private final int burst;
  private final boolean needsMilvus;

  Suite(String id, String title, int burst, boolean needsMilvus) {
    this.id = id;
    this.title = title;
    this.burst = burst;
    this.needsMilvus = needsMilvus;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** What one operation is, in words. */
  public String title() {
    return title;
  }

  /** Operations of one burst whose median counts, after {@link #LEADING} that do not. */
  public int burst() {
    return burst;
  }

  public boolean needsMilvus() {
    return needsMilvus;
  }

  /**
   * Finds a suite by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static Suite of(String id) {
    return Names.find("suite", values(), Suite::id, id);
  }

  @Override
  public String toString() {
    return id;
  }
}
