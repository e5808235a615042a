package org.milvustls.tls;

import java.util.Objects;

/**
 * The reason why a connection could not be secured, and the next step. A value: an expected
 * outcome, whatever the exception. {@link #of} reads the exceptions of both Nettys, of the JDK and
 * of BoringSSL.
 *
 * @param reason kind of failure
 * @param explanation one sentence with the values seen
 * @param remedy what to do next
 */
public record HandshakeFailure(Reason reason, String explanation, String remedy) {
  /** The kinds of failure. */
  public enum Reason {
    /** The host name has no address. */
    UNKNOWN_HOST,
    /** Nothing listens there. */
    CONNECTION_REFUSED,
    /** The chain does not end at a trust anchor, or an intermediate certificate is missing. */
    UNTRUSTED_ISSUER,
    /** The server's certificate is self-signed and not trusted. */
    SELF_SIGNED,
    /** The certificate is for other names. */
    NAME_MISMATCH,
    /** A certificate of the server's chain has expired. */
    EXPIRED,
    /** A certificate of the server's chain is not valid yet; or the clock is wrong. */
    NOT_YET_VALID,
    /** The server's certificate is not for servers (extended key usage). */
    WRONG_USAGE,
    /** The server requires a client certificate and got none. */
    CLIENT_CERTIFICATE_REQUIRED,
    /** The server did not accept the client's certificate. */
    CLIENT_CERTIFICATE_REFUSED,
    /** The client used TLS, but the server does not. */
    SERVER_SPEAKS_PLAINTEXT,
    /** The client used plaintext, but the server requires TLS. */
    SERVER_SPEAKS_TLS,
    /** No TLS version in common. */
    NO_COMMON_PROTOCOL,
    /** No cipher suite, group or signature scheme in common. */
    NO_COMMON_CIPHER_SUITE_OR_GROUP,
    /** The server does not offer HTTP/2 by ALPN. */
    ALPN_REFUSED,
    /** The server, or something in between, closed or reset the connection. */
    CONNECTION_CLOSED,
    /** No answer within the time limit. */
    TIMEOUT,
    /** None of these; the explanation quotes the exception. */
    OTHER
  }

  public HandshakeFailure {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(explanation, "explanation");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** Finds the reason from the exception and the other evidence. */
  public static HandshakeFailure of(Throwable thrown, HandshakeEvidence evidence) {
    return new FailureClassifier(thrown, evidence).classify();
  }

  @Override
  public String toString() {
    return reason + ": " + explanation + " Next: " + remedy;
  }
}
