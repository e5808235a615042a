package org.milvustls.bench.scenario;

import org.milvustls.pki.KeyType;
import org.milvustls.tls.TlsProtocol;

/** The AEAD of a cipher suite; the rest of its name follows from protocol and key type. */
public enum CipherSuite {
  AES_128_GCM("aes-128-gcm", "AES_128_GCM_SHA256"),
  AES_256_GCM("aes-256-gcm", "AES_256_GCM_SHA384"),
  CHACHA20_POLY1305("chacha20-poly1305", "CHACHA20_POLY1305_SHA256");

  private final String id;
  private final String suffix;

  CipherSuite(String id, String suffix) {
    this.id = id;
    this.suffix = suffix;
  }

  /** The name used in cells. */
  public String id() {
    return id;
  }

  /**
   * The name in the IANA registry: of TLS 1.3, or of TLS 1.2 with ECDHE and the signature algorithm
   * of the key type.
   */
  public String ianaName(TlsProtocol protocol, KeyType serverKey) {
    if (protocol == TlsProtocol.TLS_1_3) {
      return "TLS_" + suffix;
    }
    return "TLS_ECDHE_" + (serverKey.id().startsWith("rsa") ? "RSA" : "ECDSA") + "_WITH_" + suffix;
  }

  @Override
  public String toString() {
    return id;
  }
}
