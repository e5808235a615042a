package org.milvustls.scan;

import java.util.List;
import java.util.Optional;

/**
 * What a listener accepts in one version.
 *
 * @param protocol the version
 * @param refusal why it is not accepted; empty: it is
 * @param cipherSuites accepted ones, in the order in which the server chose them from all that were
 *     left
 * @param order whose order of cipher suites decides
 * @param namedGroups accepted groups of an ephemeral key exchange, in the order of the choice
 * @param signatureSchemes schemes with which the server could answer when each was offered alone;
 *     empty below TLS 1.2, which has none
 * @param ticket whether a session ticket is promised in the clear; absent in TLS 1.3, which
 *     encrypts it
 */
public record ProtocolScan(
    Protocol protocol,
    Optional<String> refusal,
    List<String> cipherSuites,
    Order order,
    List<String> namedGroups,
    List<String> signatureSchemes,
    Optional<Boolean> ticket) {

  /** Whose order decides. */
  public enum Order {
    /** The server takes its own first. */
    SERVER,
    /** The same, but ChaCha20 is taken from a client that puts it first. */
    SERVER_EXCEPT_CHACHA20,
    /** The server takes the client's first. */
    CLIENT,
    /** There are fewer than two to choose from. */
    NO_CHOICE
  }

  public ProtocolScan {
    cipherSuites = List.copyOf(cipherSuites);
    namedGroups = List.copyOf(namedGroups);
    signatureSchemes = List.copyOf(signatureSchemes);
  }

  static ProtocolScan refused(Protocol protocol, String why) {
    return new ProtocolScan(
        protocol,
        Optional.of(why),
        List.of(),
        Order.NO_CHOICE,
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** Whether the listener speaks this version. */
  public boolean accepted() {
    return refusal.isEmpty();
  }
}
