package org.milvustls.bench.workload;

import javax.net.ssl.SSLException;
import org.milvustls.bench.scenario.Cell;

/**
 * An operation that failed, or whose answer or negotiated facts are not what its cell says. Ends
 * the fork.
 */
public final class WorkloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkloadException(String message) {
    super(message);
  }

  public WorkloadException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A handshake that failed. BoringSSL's engine only says so; its first cause says why. */
  static WorkloadException handshake(Cell cell, SSLException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new WorkloadException(cell + ": the handshake failed: " + root.getMessage(), failure);
  }
}
