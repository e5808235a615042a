package org.milvustls.monitor;

import java.util.Comparator;
import java.util.stream.Stream;

/** How a certificate or a target is, best first. */
public enum State {
  /** All is well. */
  OK(0, 0),
  /** Renewal is overdue, or something should be put right. */
  WARNING(1, 1),
  /** Soon nothing will work, or something does not work now. */
  CRITICAL(2, 2),
  /** Not-before is yet to come. */
  NOT_YET_VALID(3, 2),
  /** Not-after has passed. */
  EXPIRED(4, 2),
  /** It could not be looked at. */
  UNREACHABLE(5, 2);

  private final int number;
  private final int exitCode;

  State(int number, int exitCode) {
    this.number = number;
    this.exitCode = exitCode;
  }

  /** The number in metrics. */
  int number() {
    return number;
  }

  /** By the convention of monitoring plug-ins: 0 OK, 1 WARNING, 2 CRITICAL. */
  public int exitCode() {
    return exitCode;
  }

  /** The worst of these; {@link #OK} of none. */
  static State worst(Stream<State> states) {
    return states.max(Comparator.naturalOrder()).orElse(OK);
  }
}
