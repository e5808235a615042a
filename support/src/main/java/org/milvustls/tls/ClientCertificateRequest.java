package org.milvustls.tls;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/**
 * A server's request for a client certificate, and the answer (RFC 8446 section 4.3.2). Recorded in
 * the key manager, because TLS 1.3 encrypts it on the wire.
 *
 * @param at time of the request
 * @param keyTypes kinds of keys that server and provider accept, as JSSE names them
 * @param acceptedIssuers subjects of the CAs that the server accepts; empty: any
 * @param sent whether a certificate was sent
 */
public record ClientCertificateRequest(
    Instant at, List<String> keyTypes, List<String> acceptedIssuers, boolean sent) {
  public ClientCertificateRequest {
    keyTypes = List.copyOf(keyTypes);
    acceptedIssuers = List.copyOf(acceptedIssuers);
  }

  /** Whether such a key can be used; {@code EC_RSA} is an EC key whose issuer has an RSA key. */
  boolean takes(PublicKey key) {
    String algorithm = key.getAlgorithm();
    return keyTypes.stream()
        .anyMatch(type -> type.equals(algorithm) || type.startsWith(algorithm + "_"));
  }
}
