package org.milvustls.client;

import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.service.rbac.request.UpdatePasswordReq;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/**
 * The SDK's client on a channel of this library. Overrides the two calls with which the SDK makes a
 * new channel. That channel would ignore the TLS settings and continue in plaintext. Here the
 * channel stays and the headers change.
 */
final class SecuredClient extends MilvusClientV2 {
  private final SdkSeam seam;
  private final CallHeaders headers;
  private final ConnectConfig config;
  private final ManagedChannel channel;

  SecuredClient(
      SdkSeam seam,
      ManagedChannel channel,
      CallHeaders headers,
      ConnectionSettings settings,
      boolean waitForReady) {
    super(null);
    this.seam = seam;
    this.headers = headers;
    this.channel = channel;
    this.config = config(settings);
    seam.attach(this, channel, config, settings.database().orElse(null));
    if (!waitForReady) {
      setBlockingStub(MilvusServiceGrpc.newBlockingStub(channel));
      retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
    }
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Only the values that are read after connecting; they make no channel. */
  private static ConnectConfig config(ConnectionSettings settings) {
    ConnectConfig.ConnectConfigBuilder builder =
        ConnectConfig.builder()
            .uri("http://" + settings.target())
            .connectTimeoutMs(settings.connectTimeout().toMillis())
            .rpcDeadlineMs(settings.rpcDeadline().toMillis());
    settings.database().ifPresent(builder::dbName);
    return builder.build();
  }

  @Override
  public void useDatabase(String database) {
    List<String> databases = listDatabases().getDatabaseNames();
    if (!databases.contains(database)) {
      throw MilvusTlsException.usage("no such database")
          .seen(database)
          .allowed(databases.stream().sorted().collect(Collectors.joining(", ")))
          .build();
    }
    config.setDbName(database);
    headers.database(database);
    seam.database(this, database);
  }

  @Override
  public void updatePassword(UpdatePasswordReq request) {
    boolean reset = Boolean.TRUE.equals(request.getResetConnection());
    request.setResetConnection(false);
    super.updatePassword(request);
    if (reset) {
      headers.credentials(Credentials.password(request.getUserName(), request.getNewPassword()));
    }
  }

  @Override
  public void close() {
    try {
      close(Duration.ofSeconds(5).toSeconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
