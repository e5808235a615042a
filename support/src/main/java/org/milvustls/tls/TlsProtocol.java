package org.milvustls.tls;

import org.milvustls.MilvusTlsException;

/** The protocol versions that a client can offer. */
public enum TlsProtocol {
  /** RFC 5246. */
  TLS_1_2("tls1.2", "TLS 1.2", "TLSv1.2", 0x0303),
  /** RFC 8446. */
  TLS_1_3("tls1.3", "TLS 1.3", "TLSv1.3", 0x0304);

  private final String id;
  private final String title;
  private final String jsseName;
  private final int wireValue;

  TlsProtocol(String id, String title, String jsseName, int wireValue) {
    this.id = id;
    this.title = title;
    this.jsseName = jsseName;
    this.wireValue = wireValue;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name that {@code SSLEngine} and {@code SSLSession} use. */
  public String jsseName() {
    return jsseName;
  }

  /** The number on the wire ({@code ProtocolVersion}, RFC 8446 section 4.1.2). */
  public int wireValue() {
    return wireValue;
  }

  /**
   * Finds a version by its {@link #id()}; an unknown name is a usage error that lists the valid
   * ones.
   */
  public static TlsProtocol of(String id) {
    for (TlsProtocol protocol : values()) {
      if (protocol.id.equals(id)) {
        return protocol;
      }
    }
    throw MilvusTlsException.usage("unknown TLS version")
        .seen(id)
        .allowed("tls1.2, tls1.3")
        .build();
  }

  @Override
  public String toString() {
    return id;
  }
}
