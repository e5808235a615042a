package org.milvustls.bench.workload;

import javax.net.ssl.SSLEngine;

/**
 * Makes the client's engines of one cell. Every implementation checks the chain and the host name
 * with the same PKIX trust manager of the JVM.
 */
interface HandshakeClient extends AutoCloseable {

  /** An engine for one handshake; pass it to {@link #release} at the end. */
  SSLEngine newEngine(String host);

  /** Frees native memory that garbage collection does not free. */
  default void release(SSLEngine engine) {}

  /** Whether the engine gets direct buffers, as in its usual use. */
  default boolean direct() {
    return false;
  }

  /**
   * Whether {@link #release} frees all native memory of an engine. Otherwise the collector frees it
   * later, and the amount cannot be assigned to a session.
   */
  default boolean freesOnRelease() {
    return true;
  }

  /** Called before a stretch of work of this client on the calling thread. */
  default void enter() {}

  /** Ends what {@link #enter} began. */
  default void leave() {}

  /** Name and version, for reports. */
  String describe();

  /** Frees what the engines shared. */
  @Override
  default void close() {}
}
