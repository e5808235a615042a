package org.milvustls.pki;

/** The side of a connection for a leaf; decides its extended key usage and its file names. */
public enum LeafRole {
  /** A Milvus server: extended key usage serverAuth (RFC 5280 section 4.2.1.12). */
  SERVER("server"),
  /** A client that authenticates itself in mutual TLS: extended key usage clientAuth. */
  CLIENT("client");

  private final String id;

  LeafRole(String id) {
    this.id = id;
  }

  /** The word used in file names, reports and messages: {@code server} or {@code client}. */
  public String id() {
    return id;
  }

  /** The folder that holds the leaves of this role. */
  String folder() {
    return id + "s";
  }

  @Override
  public String toString() {
    return id;
  }
}
