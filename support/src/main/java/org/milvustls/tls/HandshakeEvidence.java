package org.milvustls.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The facts about a failed connection, besides the exception.
 *
 * @param target {@code host:port}
 * @param serverName requested name
 * @param asked TLS settings of the client
 * @param step step of the failure
 * @param wire messages read on the wire, if the connection got so far
 * @param certificateRequest the server's request for a client certificate, and the answer
 * @param identity certificate that the client could show
 * @param language protocol of the listener, where it was probed
 * @param limit time limit of the attempt
 * @param at time of the failure; the validity of certificates is checked at this instant
 */
public record HandshakeEvidence(
    String target,
    String serverName,
    TlsSettings asked,
    ConnectStep step,
    Optional<HandshakeParser> wire,
    Optional<ClientCertificateRequest> certificateRequest,
    Optional<Identity.Pair> identity,
    Optional<PeerProbe.Language> language,
    Duration limit,
    Instant at) {
  public HandshakeEvidence {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(serverName, "serverName");
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(step, "step");
    Objects.requireNonNull(wire, "wire");
    Objects.requireNonNull(certificateRequest, "certificateRequest");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(at, "at");
  }

  /** The minimum: a target, the settings and the time. */
  public static HandshakeEvidence of(
      String target, String serverName, TlsSettings asked, Instant at) {
    return new HandshakeEvidence(
        target,
        serverName,
        asked,
        ConnectStep.TLS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(10),
        at);
  }
}
