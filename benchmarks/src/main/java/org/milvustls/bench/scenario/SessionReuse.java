package org.milvustls.bench.scenario;

/** The way in which a handshake resumes an earlier session, if it does. */
public enum SessionReuse {
  /** A full handshake: nothing is offered. */
  NEVER("full", "full"),
  /** Resumed by a ticket: a pre-shared key (RFC 8446 section 2.2), in TLS 1.2 RFC 5077. */
  TICKET("resumed", "resumed by ticket"),
  /** Resumed by the number of a session that the server keeps (RFC 5246 section 7.3); TLS 1.2. */
  SESSION_ID("resumed-by-id", "resumed by session id");

  private final String id;
  private final String title;

  SessionReuse(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name used in cells. */
  public String id() {
    return id;
  }

  /** In words, for reports. */
  public String title() {
    return title;
  }

  /** Whether the server must resume a session. */
  public boolean resumes() {
    return this != NEVER;
  }

  @Override
  public String toString() {
    return id;
  }
}
