package org.milvustls.bench.workload;

import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * One TLS implementation as the client of handshakes in memory: its limits, a factory of clients,
 * and its version. A new implementation needs one of these, a constant of {@link
 * org.milvustls.bench.scenario.ClientProvider}, and a line of {@link ClientLibraries}.
 */
interface ClientLibrary {

  /** The provider of the library whose settings configure this one. */
  TlsProvider settingsOf();

  /**
   * The reason why no build of it supports a cell; empty when it does. {@link #open} refuses a
   * feature that one build or JVM lacks.
   */
  Optional<String> limit(TlsMode mode, Cell.Tls tls);

  /**
   * A client with these settings.
   *
   * @throws org.milvustls.MilvusTlsException of usage for what is not available here
   */
  HandshakeClient open(Cell.Tls tls, TlsSettings settings);

  /**
   * Whether a session is of this implementation.
   *
   * @param provider name in the session: {@link org.milvustls.tls.NegotiatedSession#provider()}
   */
  boolean isNamed(String provider);

  /** Its key in the libraries of {@code environment.json}. */
  String versionKey();

  /** Its version, as it reports it. */
  String version();
}
