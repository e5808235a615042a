package org.milvustls.bench.workload;

import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * One TLS implementation as the client of handshakes in memory: what it cannot do, how a client of
 * it is opened, and its version. A new implementation is one of these, a constant of {@link
 * org.milvustls.bench.scenario.ClientProvider}, and a line of {@link ClientLibraries}.
 */
interface ClientLibrary {

  /** The provider of the library whose settings say what is asked of this one. */
  TlsProvider settingsOf();

  /**
   * What no build of it can do of what a cell asks; empty when it can all. What one build or JVM
   * lacks is refused by {@link #open}.
   */
  Optional<String> limit(TlsMode mode, Cell.Tls tls);

  /**
   * A client that asks what the settings say.
   *
   * @throws org.milvustls.MilvusTlsException of usage for what is not available here
   */
  HandshakeClient open(Cell.Tls tls, TlsSettings settings);

  /**
   * Whether a session is of this implementation.
   *
   * @param provider what it says of itself: {@link org.milvustls.tls.NegotiatedSession#provider()}
   */
  boolean isNamed(String provider);

  /** Its key in the libraries of {@code environment.json}. */
  String versionKey();

  /** Its version, as it says it itself. */
  String version();
}
