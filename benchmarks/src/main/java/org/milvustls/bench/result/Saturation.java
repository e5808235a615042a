package org.milvustls.bench.result;

import org.milvustls.bench.result.LoadMeasurement.Step;

/** The side that saturated in a step of the open loop. */
public enum Saturation {
  /** No side: answers came as fast as calls were sent, and calls were sent on time. */
  NONE("none"),
  /** The client: its busiest thread had no time left, or calls were sent late. */
  CLIENT("client"),
  /** The server: answers came more slowly than calls were sent, and the client was on time. */
  SERVER("server"),
  /**
   * The machine: all of its cores are busy, so the limit is not clearly the client or the server.
   */
  MACHINE("all cores busy");

  /** A backlog of this share of the calls counts as growing. */
  private static final double BACKLOG_SHARE = 0.05;

  /** A smaller backlog can be chance, whatever its share. */
  private static final long BACKLOG_CALLS = 10;

  /** From this share, a thread or a machine counts as saturated. */
  private static final double BUSY = 0.9;

  /** A client that sends later than this share of the latency bound measures its own delay. */
  private static final double LATE = 0.25;

  private final String words;

  Saturation(String words) {
    this.words = words;
  }

  /** As reports write it. */
  public String words() {
    return words;
  }

  /** Whether answers came more slowly than calls were sent, so that the rate is not sustainable. */
  public static boolean overloaded(Step step) {
    long backlog = step.counted() - step.answered();
    return step.stopped().isPresent()
        || step.unanswered() > 0
        || backlog > Math.max(BACKLOG_CALLS, BACKLOG_SHARE * step.counted());
  }

  /**
   * The side that saturated in a step.
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
