package org.milvustls.client;

import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.concurrent.TimeUnit;

/**
 * The first call, {@code Connect}, as in {@code MilvusClientV2.connect} of the SDK, but without
 * waiting for a ready channel.
 */
final class FirstCall {
  private static final String LOCAL_HOST_NAME = localHostName();

  private FirstCall() {}

  /**
   * Makes the call and waits for its answer, up to the connect timeout.
   *
   * @return the server's identifier of the connection
   */
  static long on(
      ManagedChannel channel, ConnectionSettings settings, ConnectionLog log, Clock clock) {
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

  private static String localHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
