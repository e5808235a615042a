package org.milvustls.bench.result;

import org.milvustls.bench.result.LoadMeasurement.Step;

/** Whose limit a step of the open loop met. */
public enum Saturation {
  /** Nobody's: answers came as fast as calls were sent, and calls were sent when they were due. */
  NONE("none"),
  /** The client's: its busiest thread has no time left, or calls went out late. */
  CLIENT("client"),
  /** The server's: answers came more slowly than calls were sent, and the client was on time. */
  SERVER("server"),
  /**
   * The machine's: client, server and whatever else runs take all of its cores, so that neither of
   * the two can be told to be the limit.
   */
  MACHINE("all cores busy");

  /** Backlog of this share of the calls counts as growing. */
  private static final double BACKLOG_SHARE = 0.05;

  /** A smaller backlog is chance, whatever its share. */
  private static final long BACKLOG_CALLS = 10;

  /** A thread or a machine this busy has nothing left. */
  private static final double BUSY = 0.9;

  /** A client that sends later than this share of the latency bound measures itself. */
  private static final double LATE = 0.25;

  private final String words;

  Saturation(String words) {
    this.words = words;
  }

  /** As reports write it. */
  public String words() {
    return words;
  }

  /**
   * Whether answers came more slowly than calls were sent, so that the rate cannot be held for
   * long.
   */
  public static boolean overloaded(Step step) {
    long backlog = step.counted() - step.answered();
    return step.stopped().isPresent()
        || step.unanswered() > 0
        || backlog > Math.max(BACKLOG_CALLS, BACKLOG_SHARE * step.counted());
  }

  /**
   * The limit that a step met.
   *
   * @param boundNanos latency bound of the panel
   */
  public static Saturation of(Step step, long boundNanos) {
    boolean late = percentile(step.lag(), 99) > LATE * boundNanos;
    if (!overloaded(step) && !late) {
      return NONE;
    }
    if (step.busiestThread() >= BUSY) {
      return CLIENT;
    }
    if (step.machineBusy() >= BUSY) {
      return MACHINE;
    }
    return late ? CLIENT : SERVER;
  }

  private static long percentile(String encoded, double percent) {
    return Histograms.decoded(encoded).getValueAtPercentile(percent);
  }
}
