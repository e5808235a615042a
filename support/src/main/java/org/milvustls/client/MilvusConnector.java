package org.milvustls.client;

import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.time.Clock;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.ClientCertificateRequest;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsSettings;

/**
 * Makes connections to one Milvus. Reads certificates and keys once, and again when their files
 * have changed. New connections use the renewed ones, also those that a client makes by itself
 * after a restart of the server. All connections share one TLS context and one group of event
 * loops, so a reconnect costs only the handshake. Thread-safe. Close it after its clients.
 *
 * <pre>{@code
 * try (MilvusConnector connector = MilvusConnector.of(settings);
 *     SecureMilvus milvus = connector.connect()) {
 *   ...
 * }
 * }</pre>
 */
public final class MilvusConnector implements AutoCloseable {
  private final ConnectionSettings settings;
  private final Clock clock;
  private final SdkSeam seam;
  private final GrpcChannels channels;

  private MilvusConnector(
      ConnectionSettings settings, Clock clock, SdkSeam seam, GrpcChannels channels) {
    this.settings = settings;
    this.clock = clock;
    this.seam = seam;
    this.channels = channels;
  }

  /**
   * Reads the files of the settings and makes the TLS context, without a connection.
   *
   * @throws MilvusTlsException for unusable files, for settings that the provider does not support,
   *     and for an SDK with different internals
   */
  public static MilvusConnector of(ConnectionSettings settings) {
    return of(settings, Clock.systemUTC());
  }

  static MilvusConnector of(ConnectionSettings settings, Clock clock) {
    try {
      SdkSeam seam = SdkSeam.find().rehearsedOn(() -> new MilvusClientV2(null));
      GrpcChannels channels = GrpcChannels.of(settings, clock);
      channels.rehearse();
      return new MilvusConnector(settings, clock, seam, channels);
    } catch (LinkageError e) {
      throw SdkSeam.builtDifferently(e);
    }
  }

  /**
   * The reason why the TLS provider inside the SDK does not support these settings, if any. A value
   * for planners; {@link #of} throws it.
   */
  public static Optional<MilvusTlsException> refusal(TlsSettings tls) {
    return GrpcTls.refusal(tls);
  }

  /** The server's last request for a client certificate on one of these connections. */
  public Optional<ClientCertificateRequest> lastCertificateRequest() {
    return channels.material().flatMap(TlsMaterial::lastCertificateRequest);
  }

  /** The client certificate for a server that requests one now, as last read from its files. */
  public Optional<Identity.Pair> identity() {
    return channels.material().flatMap(TlsMaterial::identity);
  }

  public ConnectionSettings settings() {
    return settings;
  }

  /**
   * A new connection, ready for calls. Completed are TCP, TLS, the server's check of a client
   * certificate, HTTP/2, and the SDK's first call {@code Connect}.
   *
   * @throws ConnectionFailedException within the connect timeout, with the step and the reason
   */
  public SecureMilvus connect() {
    return connect(() -> {}, true);
  }

  /**
   * As {@link #connect()}.
   *
   * @param alsoClose what to close with the client
   * @param waitForReady whether a call waits for the reconnect of a lost connection, as in the SDK;
   *     otherwise it fails at once
   */
  SecureMilvus connect(Runnable alsoClose, boolean waitForReady) {
    ConnectionLog log = new ConnectionLog(clock);
    CallHeaders headers = new CallHeaders(settings.credentials(), settings.database());
    ManagedChannel channel = channels.open(log, headers);
    try {
      headers.identifier(FirstCall.on(channel, settings, log, clock));
      long done = System.nanoTime();
      SecuredClient client = new SecuredClient(seam, channel, headers, settings, waitForReady);
      requireDatabase(client, log);
      ConnectTimings timings =
          log.lastReady()
              .orElseThrow(() -> new IllegalStateException("answered before it was ready"))
              .timings(done);
      return new SecureMilvus(client, log, timings, alsoClose);
    } catch (RuntimeException e) {
      // Explain before the shutdown, which closes the connection and would look like the failure.
      // The JVM would resolve a catch clause of gRPC's type before it can refuse an SDK without
      // that type.
      RuntimeException explained =
          e instanceof StatusRuntimeException status
              ? new ConnectFailures(settings, channels.material(), clock).explain(status, log)
              : e;
      channel.shutdownNow();
      throw explained;
    }
  }

  /** Ends the event loops; connections that are still open are cut. */
  @Override
  public void close() {
    channels.close();
  }

  private void requireDatabase(SecuredClient client, ConnectionLog log) {
    try {
      settings.database().ifPresent(client::useDatabase);
    } catch (MilvusClientException e) {
      throw ConnectionFailedException.refusedCall(
          CallRefusal.explain(settings, e), log.passed(), e);
    }
  }
}
