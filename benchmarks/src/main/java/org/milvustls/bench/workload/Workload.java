package org.milvustls.bench.workload;

import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.tls.NegotiatedSession;

/**
 * The operation of one cell, ready to be repeated. An instance belongs to one arm of one fork: it
 * has its own connections, its own event loop and its own TLS context. Not for use by several
 * threads.
 *
 * <p>Every answer is checked. An error throws a {@link WorkloadException}, which ends the fork:
 * another answer, another protocol or cipher suite than in the cell, or a resumed session in a full
 * cell.
 */
public interface Workload extends AutoCloseable {

  /**
   * The observation of one operation.
   *
   * @param negotiated absent in plaintext
   * @param wire bytes of the operation, where they could be counted
   */
  record Observation(Optional<NegotiatedSession> negotiated, Optional<Wire> wire) {}

  /**
   * The CPU and heap use of one side of an operation.
   *
   * @param cpuNanos of its thread, or of its process where it has one of its own
   * @param allocatedBytes Java heap
   */
  record Use(long cpuNanos, long allocatedBytes) {
    static final Use NOTHING = new Use(0, 0);

    Use plus(Use more) {
      return new Use(cpuNanos + more.cpuNanos, allocatedBytes + more.allocatedBytes);
    }
  }

  /**
   * The use of each side of an operation, where the threads of this JVM do not show it.
   *
   * @param client of the operation
   * @param server where one thread of this JVM runs both sides; absent where the server is
   *     elsewhere
   */
  record Sides(Use client, Optional<Use> server) {}

  /**
   * Performs the operation once with every observer on, untimed, and compares the observation with
   * the cell.
   */
  Observation observe();

  /**
   * Performs the operation once and checks the answer. The time excludes closing and checking.
   *
   * @return time of the operation in ns
   */
  long perform();

  /** Names of separately timed parts of an operation, such as {@code server}; may be empty. */
  default List<String> parts() {
    return List.of();
  }

  /** Time in ns of a part of the last {@link #perform()}, by its place in {@link #parts()}. */
  default long lastPart(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  /**
   * The use of each side in the last {@link #perform()}; empty where the threads of this JVM are
   * only the client.
   */
  default Optional<Sides> lastSides() {
    return Optional.empty();
  }

  /**
   * Native memory in bytes of a client for one open session, counted when it is freed. Not for the
   * measured region. Absent where not known.
   */
  default Optional<Double> nativeBytesHeld() {
    return Optional.empty();
  }

  /** Closes connections and threads, within a time limit. */
  @Override
  void close();
}
