package org.milvustls.tls;

import java.time.Instant;
import java.util.List;

/**
 * What a server said when it asked for a client certificate, and what was answered (RFC 8446
 * section 4.3.2). Seen from inside the key manager, since TLS 1.3 encrypts it on the wire.
 *
 * @param at when it was asked
 * @param acceptedIssuers subjects of the CAs that the server accepts; empty: any
 * @param sent whether a certificate was sent
 */
public record ClientCertificateRequest(Instant at, List<String> acceptedIssuers, boolean sent) {
  public ClientCertificateRequest {
    acceptedIssuers = List.copyOf(acceptedIssuers);
  }
}
