package org.milvustls.scan;

/** The versions that a scan offers, newest first. */
public enum Protocol {
  /** RFC 8446. */
  TLS_1_3("TLSv1.3", 0x0304),
  /** RFC 5246. */
  TLS_1_2("TLSv1.2", 0x0303),
  /** RFC 4346; RFC 8996 forbids it. */
  TLS_1_1("TLSv1.1", 0x0302),
  /** RFC 2246; RFC 8996 forbids it. */
  TLS_1_0("TLSv1", 0x0301);

  private final String jsseName;
  private final int wireValue;

  Protocol(String jsseName, int wireValue) {
    this.jsseName = jsseName;
    this.wireValue = wireValue;
  }

  /** As JSSE writes it: {@code TLSv1.3}. */
  public String jsseName() {
    return jsseName;
  }

  /** The number on the wire ({@code ProtocolVersion}). */
  int wireValue() {
    return wireValue;
  }

  @Override
  public String toString() {
    return jsseName;
  }
}
