package org.milvustls.tls;

import java.util.Objects;
import java.util.Optional;

/**
 * What a connection really got, read from the session and from the server's own messages.
 *
 * @param provider simple name and version of the engine that did it, such as {@code "JDK 17.0.15
 *     SunJSSE"} or {@code "BoringSSL (netty-tcnative 2.0.84.Final)"}
 * @param protocol as JSSE writes it: {@code TLSv1.3}
 * @param cipherSuite IANA name: {@code TLS_AES_128_GCM_SHA256}
 * @param namedGroup key exchange group, where it was seen on the wire: lower-case {@link
 *     NamedGroup#id()}, or the number as {@code 0x....} of a group that we do not know
 * @param helloRetryRequest whether the server asked for another key share (RFC 8446 section 4.1.4),
 *     where seen
 * @param resumed whether an earlier session was resumed: no certificates were exchanged then
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
