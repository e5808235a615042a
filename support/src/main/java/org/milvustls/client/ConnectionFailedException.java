package org.milvustls.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.HandshakeFailure;

/** A connection to Milvus failed. Contains the step and, for TLS, the reason. */
public final class ConnectionFailedException extends MilvusTlsException {
  private static final long serialVersionUID = 1L;

  private final ConnectStep step;
  private final transient Optional<HandshakeFailure> failure;
  private final transient Map<ConnectStep, Duration> passed;

  private ConnectionFailedException(
      ConnectStep step,
      Optional<HandshakeFailure> failure,
      Map<ConnectStep, Duration> passed,
      String message,
      @Nullable Throwable cause) {
    super(Kind.FAILURE, message, cause);
    this.step = step;
    this.failure = failure;
    this.passed = Map.copyOf(passed);
  }

  static ConnectionFailedException of(
      ConnectStep step,
      HandshakeFailure failure,
      Map<ConnectStep, Duration> passed,
      Throwable cause) {
    return new ConnectionFailedException(
        step,
        Optional.of(failure),
        passed,
        failure.explanation() + "\n  next: " + failure.remedy(),
        cause);
  }

  /** The connection was open, but Milvus refused the first call. */
  static ConnectionFailedException refusedCall(
      String message, Map<ConnectStep, Duration> passed, @Nullable Throwable cause) {
    return new ConnectionFailedException(ConnectStep.RPC, Optional.empty(), passed, message, cause);
  }

  /** The step that failed. */
  public ConnectStep step() {
    return step;
  }

  /** Duration of each step that passed before, where known. */
  public Map<ConnectStep, Duration> passed() {
    return passed;
  }

  /** The reason, for every step before the first call. */
  public Optional<HandshakeFailure> failure() {
    return failure;
  }
}
