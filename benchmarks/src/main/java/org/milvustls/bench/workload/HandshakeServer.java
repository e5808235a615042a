package org.milvustls.bench.workload;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;

/** Makes the server's engines of one cell in memory. */
interface HandshakeServer extends AutoCloseable {

  /**
   * A server with the settings of the cell.
   *
   * @throws org.milvustls.MilvusTlsException of usage for what is not available here
   */
  static HandshakeServer of(
      Cell.Tls tls, TlsMode mode, List<NamedGroup> groups, HandshakeCertificates certificates) {
    return switch (tls.server()) {
      case JDK -> JdkServer.of(tls, mode, groups, certificates);
      case BORINGSSL -> BoringSslServer.of(tls, mode, groups, certificates);
    };
  }

  /** An engine that will show this chain; pass it to {@link #release} at the end. */
  SSLEngine newEngine(List<X509Certificate> chain);

  /** Whether the engine gets direct buffers, as in its usual use. */
  default boolean direct() {
    return false;
  }

  /** Frees native memory that garbage collection does not free. */
  default void release(SSLEngine engine) {}

  /** Frees what the engines shared. */
  @Override
  default void close() {}
}
