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
 * <p>Every answer is checked. Whatever is wrong (another answer, another protocol or cipher suite
 * than the cell says, a resumed session where the cell says full) is thrown as {@link
 * WorkloadException} and ends the fork.
 */
public interface Workload extends AutoCloseable {

  /**
   * What one operation was seen to be.
   *
   * @param negotiated absent in plaintext
   * @param wire bytes of the operation, where they could be counted
   */
  record Observation(Optional<NegotiatedSession> negotiated, Optional<Wire> wire) {}

  /**
   * What one side of an operation used.
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
   * What each side of an operation used, where that cannot be read off the threads of this JVM.
   *
   * @param client of the operation
   * @param server where one thread of this JVM carries out both sides; absent where it is elsewhere
   */
  record Sides(Use client, Optional<Use> server) {}

  /**
   * Performs the operation once with every observer on, untimed, and holds what was seen against
   * the cell.
   */
  Observation observe();

  /**
   * Performs the operation once and checks the answer. What belongs to the operation is timed
   * inside; closing and checking are not in the time.
   *
   * @return time of the operation in ns
   */
  long perform();

  /**
   * Names of parts of an operation that are timed apart, such as {@code server}; empty where there
   * are none.
   */
  default List<String> parts() {
    return List.of();
  }

  /** Time in ns of a part of the last {@link #perform()}, by its place in {@link #parts()}. */
  default long lastPart(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  /**
   * What each side of the last {@link #perform()} used; empty where the threads of this JVM are the
   * client and nothing but the client.
   */
  default Optional<Sides> lastSides() {
    return Optional.empty();
  }

  /**
   * Native memory in bytes that a client holds for one open session, counted as it is freed: not
   * for the measured region. Absent where that is not known.
   */
  default Optional<Double> nativeBytesHeld() {
    return Optional.empty();
  }

  /** Closes connections and threads, within a time limit. */
  @Override
  void close();
}
