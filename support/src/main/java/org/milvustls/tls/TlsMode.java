package org.milvustls.tls;

import org.milvustls.MilvusTlsException;

/**
 * The authentication mode of the Milvus listener, as numbered by {@code common.security.tlsMode}.
 */
public enum TlsMode {
  /** Plaintext. */
  OFF("off", 0),
  /** The server shows a certificate, the client does not (one-way TLS). */
  SERVER("server", 1),
  /** Both sides show a certificate (mutual TLS). Milvus then speaks TLS 1.3 only. */
  MUTUAL("mutual", 2);

  private final String id;
  private final int milvusValue;

  TlsMode(String id, int milvusValue) {
    this.id = id;
    this.milvusValue = milvusValue;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /** The value of {@code common.security.tlsMode} (Milvus, {@code internal/proxy/service.go}). */
  public int milvusValue() {
    return milvusValue;
  }

  public boolean isEncrypted() {
    return this != OFF;
  }

  /**
   * Finds a mode by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static TlsMode of(String id) {
    for (TlsMode mode : values()) {
      if (mode.id.equals(id)) {
        return mode;
      }
    }
    throw MilvusTlsException.usage("unknown TLS mode")
        .seen(id)
        .allowed("off, server, mutual")
        .build();
  }

  @Override
  public String toString() {
    return id;
  }
}
