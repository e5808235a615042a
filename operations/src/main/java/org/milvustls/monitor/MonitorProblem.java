package org.milvustls.monitor;

/**
 * The problems of a target, in addition to those of a certificate, its key or its chain in {@link
 * org.milvustls.pki.Problem}.
 */
public enum MonitorProblem {
  /** The listener does not serve the leaf in the directory. */
  RENEWED_NOT_SERVED("renewed-not-served", State.WARNING),
  /** The server sends an expired certificate that is not on the path. */
  SUPERFLUOUS_EXPIRED("superfluous-expired", State.WARNING),
  /** One of many files cannot be read. */
  UNREADABLE("unreadable", State.CRITICAL),
  /** The listener speaks HTTP in the clear. */
  PLAINTEXT("plaintext", State.CRITICAL),
  /** The listener accepts a client without a certificate, but must not. */
  MUTUAL_NOT_ENFORCED("mutual-not-enforced", State.CRITICAL),
  /** The file cannot be read, or the listener does not answer. */
  UNREACHABLE("unreachable", State.UNREACHABLE);

  private final String id;
  private final State state;

  MonitorProblem(String id, State state) {
    this.id = id;
    this.state = state;
  }

  /** The name in reports. */
  public String id() {
    return id;
  }

  /** The state that it causes. */
  public State state() {
    return state;
  }

  MonitorFinding seen(String detail) {
    return new MonitorFinding(id, state, detail);
  }
}
