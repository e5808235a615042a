package org.milvustls.client;

import io.milvus.shaded.io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.milvustls.tls.ClientCertificateRequest;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.HandshakeEvidence;
import org.milvustls.tls.HandshakeFailure;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.PeerProbe;
import org.milvustls.tls.PeerProbe.Language;
import org.milvustls.tls.TlsMaterial;

/** Turns a failed first call, and the observations of its connection, into a reason. */
final class ConnectFailures {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final ConnectionSettings settings;
  private final Optional<TlsMaterial> material;
  private final Clock clock;

  ConnectFailures(ConnectionSettings settings, Optional<TlsMaterial> material, Clock clock) {
    this.settings = settings;
    this.material = material;
    this.clock = clock;
  }

  ConnectionFailedException explain(StatusRuntimeException thrown, ConnectionLog log) {
    Optional<ConnectAttempt> attempt = log.furthest();
    ConnectStep step = attempt.map(ConnectAttempt::step).orElse(ConnectStep.RESOLVE);
    Throwable cause = attempt.flatMap(ConnectAttempt::failure).orElse(thrown);
    if (step == ConnectStep.RPC) {
      return ConnectionFailedException.refusedCall(
          CallRefusal.explain(settings, thrown), log.passed(), thrown);
    }
    HandshakeFailure failure =
        HandshakeFailure.of(
            cause, evidence(step, attempt, attempt.flatMap(ConnectAttempt::language)));
    if (failure.reason() == Reason.CONNECTION_CLOSED) {
      Optional<Language> heard =
          Optional.of(PeerProbe.ask(settings.host(), settings.port(), PROBE_LIMIT));
      failure = HandshakeFailure.of(cause, evidence(step, attempt, heard));
    }
    return ConnectionFailedException.of(step, failure, log.passed(), thrown);
  }

  private HandshakeEvidence evidence(
      ConnectStep step, Optional<ConnectAttempt> attempt, Optional<Language> language) {
    return new HandshakeEvidence(
        settings.target(),
        settings.serverName(),
        settings.tls(),
        step,
        attempt.flatMap(ConnectAttempt::wire),
        attempt.flatMap(this::certificateRequest),
        material.flatMap(TlsMaterial::identity),
        language,
        settings.connectTimeout(),
        clock.instant());
  }

  /** Only a request of this attempt counts; an earlier connection may have had another. */
  private Optional<ClientCertificateRequest> certificateRequest(ConnectAttempt attempt) {
    return material
        .flatMap(TlsMaterial::lastCertificateRequest)
        .filter(request -> !request.at().isBefore(attempt.startedAt()));
  }
}
