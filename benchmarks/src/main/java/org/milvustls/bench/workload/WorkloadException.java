package org.milvustls.bench.workload;

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
}
