package org.milvustls.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.ConnectStep;
import org.milvustls.tls.HandshakeFailure;

/** A connection to Milvus could not be made. Says at which step, and for TLS why. */
public final class ConnectionFailedException extends MilvusTlsException {
  private static final long serialVersionUID = 1L;

  private final ConnectStep step;
  private final transient Optional<HandshakeFailure> failure;

  private ConnectionFailedException(
      ConnectStep step,
      Optional<HandshakeFailure> failure,
      String message,
      @Nullable Throwable cause) {
    super(Kind.FAILURE, message, cause);
    this.step = step;
    this.failure = failure;
  }

  static ConnectionFailedException of(ConnectStep step, HandshakeFailure failure, Throwable cause) {
    return new ConnectionFailedException(
        step, Optional.of(failure), failure.explanation() + "\n  next: " + failure.remedy(), cause);
  }

  /** The connection stood, and Milvus refused the first call. */
  static ConnectionFailedException refusedCall(String message, @Nullable Throwable cause) {
    return new ConnectionFailedException(ConnectStep.RPC, Optional.empty(), message, cause);
  }

  /** The step that failed. */
  public ConnectStep step() {
    return step;
  }

  /** Why, for everything before the first call. */
  public Optional<HandshakeFailure> failure() {
    return failure;
  }
}
