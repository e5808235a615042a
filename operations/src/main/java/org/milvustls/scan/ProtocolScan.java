package org.milvustls.scan;

import java.util.List;
import java.util.Optional;

/**
 * The parameters that a listener accepts in one version.
 *
 * @param protocol the version
 * @param refusal reason of a refusal; empty: accepted
 * @param cipherSuites accepted ones, in the order in which the server chose them from the remaining
 *     ones
 * @param order which side's order of cipher suites decides
 * @param namedGroups accepted groups of an ephemeral key exchange, in the order of the choice
 * @param signatureSchemes schemes that the server accepts when offered alone; empty below TLS 1.2,
 *     which has none
 * @param ticket whether the server announces a session ticket unencrypted; absent in TLS 1.3, which
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

  /** The side whose order decides. */
  public enum Order {
    /** The server chooses its own first. */
    SERVER,
    /** The same, but the server chooses ChaCha20 for a client that puts it first. */
    SERVER_EXCEPT_CHACHA20,
    /** The server chooses the client's first. */
    CLIENT,
    /** There are fewer than two accepted suites. */
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

  /** Whether the listener accepts this version. */
  public boolean accepted() {
    return refusal.isEmpty();
  }
}
