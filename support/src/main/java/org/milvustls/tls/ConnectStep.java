package org.milvustls.tls;

/** The steps of a connection to Milvus, in their order. */
public enum ConnectStep {
  /** Host name to address. */
  RESOLVE("name resolution"),
  /** TCP connection. */
  TCP("TCP"),
  /** TLS handshake up to the client's Finished. */
  TLS("TLS"),
  /**
   * The server's HTTP/2 SETTINGS. Only they complete TLS 1.3, because a server checks the client's
   * certificate after the client has finished.
   */
  HTTP2("HTTP/2"),
  /** The first call and its answer. */
  RPC("first call");

  private final String title;

  ConnectStep(String title) {
    this.title = title;
  }

  /** The name in messages. */
  public String title() {
    return title;
  }
}
