package org.milvustls.monitor;

/**
 * What can be wrong with a target besides what {@link org.milvustls.pki.Problem} names of a
 * certificate, its key or its chain.
 */
public enum MonitorProblem {
  /** The leaf in the directory is not the one that is served. */
  RENEWED_NOT_SERVED("renewed-not-served", State.WARNING),
  /** A certificate is sent that is on no path and has expired. */
  SUPERFLUOUS_EXPIRED("superfluous-expired", State.WARNING),
  /** One of many files cannot be read. */
  UNREADABLE("unreadable", State.CRITICAL),
  /** The listener speaks HTTP in the clear. */
  PLAINTEXT("plaintext", State.CRITICAL),
  /** A client without certificate gets in where it must not. */
  MUTUAL_NOT_ENFORCED("mutual-not-enforced", State.CRITICAL),
  /** The file cannot be read, or nobody answers. */
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

  /** How bad it is. */
  public State state() {
    return state;
  }

  MonitorFinding seen(String detail) {
    return new MonitorFinding(id, state, detail);
  }
}
