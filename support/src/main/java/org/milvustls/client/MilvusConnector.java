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
 * have changed: new connections take the renewed ones, also those that a client makes by itself
 * after a restart of the server. Shares one TLS context and one group of event loops among all its
 * connections, so that a reconnect costs what the handshake needs. Thread-safe. Close it after its
 * clients.
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
   * Reads what the settings name and makes the TLS context; connects to nothing yet.
   *
   * @throws MilvusTlsException for files that cannot be used, for settings that the provider cannot
   *     be told, and for a version of the SDK that is built differently inside
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
   * The reason why the TLS provider inside the SDK cannot do what is asked, if there is one: a
   * value for those who plan. {@link #of} throws it.
   */
  public static Optional<MilvusTlsException> refusal(TlsSettings tls) {
    return GrpcTls.refusal(tls);
  }

  /** The last time that the server asked one of these connections for a client certificate. */
  public Optional<ClientCertificateRequest> lastCertificateRequest() {
    return channels.material().flatMap(TlsMaterial::lastCertificateRequest);
  }

  /** What is shown to a server that asks now, as read last from its files. */
  public Optional<Identity.Pair> identity() {
    return channels.material().flatMap(TlsMaterial::identity);
  }

  public ConnectionSettings settings() {
    return settings;
  }

  /**
   * A new connection, ready for calls. Done are then: TCP, TLS, the server's judgement of a client
   * certificate, HTTP/2, and the call {@code Connect} by which the SDK introduces itself.
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
   * @param waitForReady whether a call waits for a lost connection to come back, as in the SDK;
   *     else it fails at once
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
      // Explained first: shutting down closes the connection, which would look like its failure.
      // A handler of gRPC's type would be looked up before the SDK can be refused for lacking it.
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
