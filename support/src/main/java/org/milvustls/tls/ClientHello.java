package org.milvustls.tls;

import java.util.List;
import java.util.Optional;

/**
 * A parsed ClientHello (RFC 8446 section 4.1.2). Values reserved by RFC 8701 (GREASE) are left out.
 *
 * @param protocols versions, in the client's order
 * @param cipherSuites names, or numbers of unknown ones
 * @param namedGroups groups offered
 * @param keyShares groups with a key share
 * @param serverName host name sent in the clear (SNI), if any: an address is never sent
 * @param alpn application protocols offered
 * @param sessionOffered whether an earlier session was offered for resumption: a pre-shared key, or
 *     in TLS 1.2 a ticket or, without TLS 1.3, a session identifier
 */
public record ClientHello(
    List<String> protocols,
    List<String> cipherSuites,
    List<String> namedGroups,
    List<String> keyShares,
    Optional<String> serverName,
    List<String> alpn,
    boolean sessionOffered) {
  public ClientHello {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
    keyShares = List.copyOf(keyShares);
    alpn = List.copyOf(alpn);
  }
}
