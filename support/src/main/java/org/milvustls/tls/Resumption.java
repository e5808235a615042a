package org.milvustls.tls;

import org.milvustls.MilvusTlsException;

/** Whether a client offers to resume an earlier session (RFC 8446 section 2.2, RFC 5077). */
public enum Resumption {
  /**
   * Every handshake is full: nothing is offered, and sessions or tickets that the server hands out
   * are not used. The chain of the server is judged each time.
   */
  NEVER("full"),
  /**
   * A session that the same factory got from the same host and port is offered again. The server
   * decides; whether it was taken is in {@link NegotiatedSession#resumed()}. A resumed connection
   * does not look at certificates again, so a certificate that has expired since goes unnoticed for
   * the lifetime of the session.
   */
  OFFERED("resumed");

  private final String id;

  Resumption(String id) {
    this.id = id;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** Finds a value by its {@link #id()}; an unknown name is a usage error. */
  public static Resumption of(String id) {
    for (Resumption value : values()) {
      if (value.id.equals(id)) {
        return value;
      }
    }
    throw MilvusTlsException.usage("unknown kind of handshake")
        .seen(id)
        .allowed("full, resumed")
        .build();
  }

  @Override
  public String toString() {
    return id;
  }
}
