package org.milvustls.tls;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known about a connection that failed, besides the exception.
 *
 * @param target {@code host:port}
 * @param serverName name that was asked for
 * @param asked what was asked of TLS
 * @param step the step under way when it failed
 * @param wire what was read along, if the connection got so far
 * @param certificateRequest whether this server asked for a client certificate, and what was sent
 * @param identity what the client could show
 * @param language what the listener speaks, where it was asked
 * @param limit time limit of the attempt
 * @param at when it failed; certificates are judged at this instant
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

  /** The least: a target, what was asked, and when. */
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
