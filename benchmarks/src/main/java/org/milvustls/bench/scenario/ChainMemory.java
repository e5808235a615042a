package org.milvustls.bench.scenario;

/**
 * Whether the client's JVM has verified this chain before. {@code CertificateFactory} returns one
 * object for the same bytes and remembers a verified signature, so that a leaf seen before skips
 * the signature check, also for BoringSSL clients, which validate in Java.
 */
public enum ChainMemory {
  /** The same leaf in every handshake, as a client that reconnects to one server. */
  SEEN("seen"),
  /** A leaf that the JVM has not in memory, as a client that connects for the first time. */
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
