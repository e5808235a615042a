package org.milvustls.tls;

import org.milvustls.MilvusTlsException;

/** The client's policy for session resumption (RFC 8446 section 2.2, RFC 5077). */
public enum Resumption {
  /**
   * Every handshake is full: the client offers no session and does not use the server's sessions or
   * tickets. The chain of the server is checked each time.
   */
  NEVER("full"),
  /**
   * The client offers a session that the same factory got from the same host and port. The server
   * decides; {@link NegotiatedSession#resumed()} shows the result. A resumed connection does not
   * check certificates again. A certificate that has expired since is not noticed for the lifetime
   * of the session.
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
