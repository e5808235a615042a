package org.milvustls.client;

import java.time.Duration;
import java.util.Objects;

/**
 * HTTP/2 pings that find a dead connection.
 *
 * @param interval time without traffic before a ping; gRPC uses at least 10 s ({@code
 *     KeepAliveManager})
 * @param timeout time limit for the answer; after it the connection is closed
 * @param withoutCalls whether to ping without a call in flight; grpc-go closes connections that do
 *     so more often than its enforcement policy allows
 */
public record KeepAlive(Duration interval, Duration timeout, boolean withoutCalls) {
  /** The SDK's own values: 55 s, 20 s, only during calls. */
  public static final KeepAlive SDK_DEFAULT =
      new KeepAlive(Duration.ofSeconds(55), Duration.ofSeconds(20), false);

  public KeepAlive {
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(timeout, "timeout");
  }
}
