package org.milvustls.bench.workload;

import javax.net.ssl.SSLException;
import org.milvustls.bench.scenario.Cell;

/**
 * An operation failed, or its answer or negotiated session differs from its cell. Ends the fork.
 */
public final class WorkloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkloadException(String message) {
    super(message);
  }

  public WorkloadException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failed handshake. The exception of BoringSSL's engine has no reason; its first cause has. */
  static WorkloadException handshake(Cell cell, SSLException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new WorkloadException(cell + ": the handshake failed: " + root.getMessage(), failure);
  }
}
