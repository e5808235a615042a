package org.milvustls.bench.workload;

import javax.net.ssl.SSLEngine;

/**
 * Makes the client's engines of one cell. Every implementation judges the chain and the host name
 * by the same PKIX trust manager of the JVM.
 */
interface HandshakeClient extends AutoCloseable {

  /** An engine for one handshake; give it to {@link #release} in the end. */
  SSLEngine newEngine(String host);

  /** Frees native memory that no collector frees. */
  default void release(SSLEngine engine) {}

  /** Whether the engine takes direct buffers, as its own users give it. */
  default boolean direct() {
    return false;
  }

  /**
   * Whether {@link #release} frees all native memory of an engine. Otherwise the collector does, at
   * a time of its own, and nobody can say whose it was.
   */
  default boolean freesOnRelease() {
    return true;
  }

  /** Begins a stretch of work of this client on the calling thread. */
  default void enter() {}

  /** Ends what {@link #enter} began. */
  default void leave() {}

  /** Name and version, for reports. */
  String describe();

  /** Frees what the engines shared. */
  @Override
  default void close() {}
}
