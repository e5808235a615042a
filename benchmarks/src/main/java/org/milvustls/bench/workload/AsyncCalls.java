package org.milvustls.bench.workload;

import java.time.Duration;
import java.util.Optional;

/**
 * Calls that do not wait for each other: the operation of one cell of suite {@code load}, on one
 * open connection.
 */
public interface AsyncCalls extends AutoCloseable {

  /** The end of a call. */
  enum End {
    /** Answered correctly. */
    ANSWERED,
    /** No answer within the limit. */
    UNANSWERED
  }

  /** Called once for each call, on a thread of the connection; must not block. */
  interface Listener {
    /** The call ended. */
    void ended(End end);

    /** The call failed, or its answer was wrong: the fork ends. */
    void failed(Throwable cause);
  }

  /**
   * Sends a call and returns at once.
   *
   * @param limit after which it counts as unanswered
   */
  void start(Duration limit, Listener listener);

  /** The observed connection, after a comparison with the cell. */
  Optional<Workload.Observation> observation();

  @Override
  void close();
}
