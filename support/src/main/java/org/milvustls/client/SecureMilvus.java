package org.milvustls.client;

import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.MilvusClientV2;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.milvustls.tls.ClientHello;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.NegotiatedSession;

/**
 * A connected Milvus client with the requested TLS. An instance exists only after the handshake,
 * the check of both certificates and the first call. Calls go through the SDK's own {@link
 * #client()}.
 *
 * <pre>{@code
 * TlsSettings tls = TlsSettings.builder(TlsMode.SERVER).trustAnchors(Path.of("certs/ca.pem")).build();
 * try (SecureMilvus milvus =
 *     SecureMilvus.connect(ConnectionSettings.builder("localhost", 19530, tls).build())) {
 *   milvus.client().listCollections();
 *   milvus.negotiated();   // TLSv1.3, TLS_AES_128_GCM_SHA256, x25519 ...
 * }
 * }</pre>
 *
 * Many clients of one server come from one {@link MilvusConnector}, which reads certificates once.
 */
public final class SecureMilvus implements AutoCloseable {
  private final SecuredClient client;
  private final ConnectionLog log;
  private final ConnectTimings timings;
  private final Runnable alsoClose;

  SecureMilvus(
      SecuredClient client, ConnectionLog log, ConnectTimings timings, Runnable alsoClose) {
    this.client = client;
    this.log = log;
    this.timings = timings;
    this.alsoClose = alsoClose;
  }

  /**
   * Connects once; {@link #close()} also frees the connector.
   *
   * @throws ConnectionFailedException within the connect timeout, with the step and the reason
   */
  public static SecureMilvus connect(ConnectionSettings settings) {
    MilvusConnector connector = MilvusConnector.of(settings);
    try {
      return connector.connect(connector::close, true);
    } catch (RuntimeException e) {
      connector.close();
      throw e;
    }
  }

  /** The SDK's client; closing it closes the channel. */
  public MilvusClientV2 client() {
    return client;
  }

  /**
   * The channel under the client, for stubs that the SDK does not offer, such as {@code
   * MilvusServiceGrpc.newFutureStub}. It carries the same headers; it closes with the client.
   */
  public ManagedChannel channel() {
    return client.channel();
  }

  /** The negotiated session of the latest connection; empty in plaintext. */
  public Optional<NegotiatedSession> negotiated() {
    return log.lastReady().flatMap(Negotiated::of);
  }

  /** The chain of the server on the latest connection, leaf first; empty in plaintext. */
  public List<X509Certificate> peerChain() {
    return log.lastReady().map(Negotiated::peerChain).orElse(List.of());
  }

  /** The ClientHello of the latest connection; empty in plaintext. */
  public Optional<ClientHello> offered() {
    return log.lastReady().flatMap(ConnectAttempt::wire).flatMap(HandshakeParser::clientHello);
  }

  /** The timings of {@code connect}. */
  public ConnectTimings timings() {
    return timings;
  }

  /** Closes the channel and waits up to five seconds for its end. */
  @Override
  public void close() {
    try {
      client.close();
    } finally {
      alsoClose.run();
    }
  }
}
