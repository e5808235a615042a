package org.milvustls.tls;

import java.util.Optional;

/**
 * A parsed ServerHello, with the group of TLS 1.2 from the ServerKeyExchange (RFC 8446 section
 * 4.1.3, RFC 5246 section 7.4.1.3, RFC 8422 section 5.4).
 *
 * @param protocol as JSSE writes it, from {@code supported_versions} where present
 * @param cipherSuite name, or number of an unknown one
 * @param namedGroup key exchange group; empty when no key exchange took place (a resumed TLS 1.2
 *     session, RSA key exchange)
 * @param resumed whether the server accepted an offered session
 * @param ticket whether the server announces a session ticket (RFC 5077); never visible in TLS 1.3
 */
public record ServerHello(
    String protocol,
    String cipherSuite,
    Optional<String> namedGroup,
    boolean resumed,
    boolean ticket) {}
