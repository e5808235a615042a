package org.milvustls.monitor;

import java.util.Comparator;
import java.util.stream.Stream;

/** The state of a certificate or a target, best first. */
public enum State {
  /** No problem. */
  OK(0, 0),
  /** Renewal is overdue, or something should be fixed. */
  WARNING(1, 1),
  /** Expiry is near, or something does not work now. */
  CRITICAL(2, 2),
  /** Not-before is in the future. */
  NOT_YET_VALID(3, 2),
  /** Not-after has passed. */
  EXPIRED(4, 2),
  /** It could not be checked. */
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

  /** The worst of these; {@link #OK} for none. */
  static State worst(Stream<State> states) {
    return states.max(Comparator.naturalOrder()).orElse(OK);
  }
}
