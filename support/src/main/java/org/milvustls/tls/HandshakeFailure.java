package org.milvustls.tls;

import java.util.Objects;

/**
 * Why a connection could not be secured, in words that say what to do. A value: an expected
 * outcome, whatever threw it. {@link #of} reads the exceptions of both Nettys, of the JDK and of
 * BoringSSL.
 *
 * @param reason which failure it is
 * @param explanation one sentence with the values seen
 * @param remedy what to do next
 */
public record HandshakeFailure(Reason reason, String explanation, String remedy) {
  /** The failures that are told apart. */
  public enum Reason {
    /** The host name has no address. */
    UNKNOWN_HOST,
    /** Nothing listens there. */
    CONNECTION_REFUSED,
    /** The chain leads to no trusted CA, or a certificate in between is missing. */
    UNTRUSTED_ISSUER,
    /** The server shows a certificate that signed itself and is not trusted. */
    SELF_SIGNED,
    /** The certificate is for other names. */
    NAME_MISMATCH,
    /** A certificate of the server's chain has expired. */
    EXPIRED,
    /** A certificate of the server's chain is not valid yet; or the clock is wrong. */
    NOT_YET_VALID,
    /** The server's certificate may not be used by a server. */
    WRONG_USAGE,
    /** The server wants a client certificate and got none. */
    CLIENT_CERTIFICATE_REQUIRED,
    /** The server did not accept the client's certificate. */
    CLIENT_CERTIFICATE_REFUSED,
    /** TLS was spoken to a server that does not speak it. */
    SERVER_SPEAKS_PLAINTEXT,
    /** Plaintext was spoken to a server that wants TLS. */
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

  /** Finds the reason in what was thrown and what is known besides. */
  public static HandshakeFailure of(Throwable thrown, HandshakeEvidence evidence) {
    return new FailureClassifier(thrown, evidence).classify();
  }

  @Override
  public String toString() {
    return reason + ": " + explanation + " Next: " + remedy;
  }
}
