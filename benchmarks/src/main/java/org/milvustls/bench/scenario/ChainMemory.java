package org.milvustls.bench.scenario;

/**
 * The axis of a chain that the client's JVM has verified before, or has not. {@code
 * CertificateFactory} returns one object for the same bytes and caches a verified signature. A leaf
 * seen before therefore skips the signature check, also for BoringSSL clients, which validate in
 * Java.
 */
public enum ChainMemory {
  /** The same leaf in every handshake, as for a client that reconnects to one server. */
  SEEN("seen"),
  /** A leaf that the JVM has not seen, as for a client that connects for the first time. */
  UNSEEN("unseen");

  private final String id;

  ChainMemory(String id) {
    this.id = id;
  }

  /** The name used in cells. */
  public String id() {
    return id;
  }

  @Override
  public String toString() {
    return id;
  }
}
