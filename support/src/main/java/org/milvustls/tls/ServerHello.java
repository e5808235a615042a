package org.milvustls.tls;

import java.util.Optional;

/**
 * What a server chose, as it said so in the clear (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3
 * and, for the group of TLS 1.2, RFC 8422 section 5.4).
 *
 * @param protocol as JSSE writes it, from {@code supported_versions} where present
 * @param cipherSuite name, or the number of one that we do not know
 * @param namedGroup key exchange group; empty when no key exchange took place (a resumed TLS 1.2
 *     session, RSA key exchange)
 * @param resumed whether an offered session was taken
 * @param ticket whether a session ticket is promised (RFC 5077); never said in the clear by TLS 1.3
 */
public record ServerHello(
    String protocol,
    String cipherSuite,
    Optional<String> namedGroup,
    boolean resumed,
    boolean ticket) {}
