package org.milvustls.tls;

import java.util.Objects;
import java.util.Optional;

/**
 * The negotiated parameters of a connection, from the session and from the server's own messages.
 *
 * @param provider name and version of the TLS engine, such as {@code "JDK 17.0.15 SunJSSE"} or
 *     {@code "BoringSSL (netty-tcnative 2.0.84.Final)"}
 * @param protocol as JSSE writes it: {@code TLSv1.3}
 * @param cipherSuite IANA name: {@code TLS_AES_128_GCM_SHA256}
 * @param namedGroup key exchange group, where it was seen on the wire: lower-case {@link
 *     NamedGroup#id()}, or the number of an unknown group as {@code 0x....}
 * @param helloRetryRequest whether the server asked for another key share (RFC 8446 section 4.1.4),
 *     where seen
 * @param resumed whether an earlier session was resumed, without an exchange of certificates
 * @param alpn application protocol chosen, if any: {@code h2}
 * @param peerKey key type of the peer's leaf, such as {@code EC secp256r1} or {@code RSA 2048},
 *     where it sent one
 */
public record NegotiatedSession(
    String provider,
    String protocol,
    String cipherSuite,
    Optional<String> namedGroup,
    Optional<Boolean> helloRetryRequest,
    boolean resumed,
    Optional<String> alpn,
    Optional<String> peerKey) {
  public NegotiatedSession {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(cipherSuite, "cipherSuite");
  }
}
