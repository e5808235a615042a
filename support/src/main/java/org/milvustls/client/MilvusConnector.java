package org.milvustls.client;

import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
  private static final String LOCAL_HOST_NAME = localHostName();

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
    SdkSeam seam = SdkSeam.find().rehearsedOn(() -> new MilvusClientV2(null));
    return new MilvusConnector(settings, clock, seam, GrpcChannels.of(settings, clock));
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
      headers.identifier(introduce(channel, log));
      long done = System.nanoTime();
      SecuredClient client = new SecuredClient(seam, channel, headers, settings, waitForReady);
      requireDatabase(client, log);
      ConnectTimings timings =
          log.lastReady()
              .orElseThrow(() -> new IllegalStateException("answered before it was ready"))
              .timings(done);
      return new SecureMilvus(client, log, timings, alsoClose);
    } catch (StatusRuntimeException e) {
      // Explained first: shutting down closes the connection, which would look like its failure.
      RuntimeException explained =
          new ConnectFailures(settings, channels.material(), clock).explain(e, log);
      channel.shutdownNow();
      throw explained;
    } catch (RuntimeException e) {
      channel.shutdownNow();
      throw e;
    }
  }

  /** Ends the event loops; connections that are still open are cut. */
  @Override
  public void close() {
    channels.close();
  }

  /** The call of {@code MilvusClientV2.connect}, here without waiting for a ready channel. */
  private long introduce(ManagedChannel channel, ConnectionLog log) {
    ClientInfo info =
        ClientInfo.newBuilder()
            .setSdkType("Java")
            .setSdkVersion(BundledBoringSsl.sdkVersion())
            .setUser(settings.credentials().map(Credentials::user).orElse(""))
            .setHost(LOCAL_HOST_NAME)
            .setLocalTime(LocalDateTime.now(clock).toString())
            .build();
    ConnectResponse response =
        MilvusServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .connect(ConnectRequest.newBuilder().setClientInfo(info).build());
    if (response.getStatus().getCode() != 0) {
      throw ConnectionFailedException.refusedCall(
          "Milvus refused the first call: "
              + response.getStatus().getReason()
              + "\n  next: check the name of the database, or leave it out; else look into the log"
              + " of the server",
          log.passed(),
          null);
    }
    return response.getIdentifier();
  }

  private void requireDatabase(SecuredClient client, ConnectionLog log) {
    try {
      settings.database().ifPresent(client::useDatabase);
    } catch (MilvusClientException e) {
      throw ConnectionFailedException.refusedCall(
          CallRefusal.explain(settings, e), log.passed(), e);
    }
  }

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
