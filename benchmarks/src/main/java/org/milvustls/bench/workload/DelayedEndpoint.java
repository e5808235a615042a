package org.milvustls.bench.workload;

import java.time.Duration;
import java.util.List;
import org.milvustls.bench.workload.Target.Endpoint;

/** A server at a distance: behind a {@link DelayRelay}. */
final class DelayedEndpoint implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final JavaChild relay;
  private final Endpoint endpoint;

  private DelayedEndpoint(JavaChild relay, Endpoint endpoint) {
    this.relay = relay;
    this.endpoint = endpoint;
  }

  /** Starts the relay, with half of the round-trip time in each direction. */
  static DelayedEndpoint of(Endpoint server, Duration roundTrip) {
    JavaChild relay =
        JavaChild.start(
            DelayRelay.class,
            FLAGS,
            List.of(
                server.host(),
                String.valueOf(server.port()),
                String.valueOf(roundTrip.toNanos() / 2000)));
    try {
      return new DelayedEndpoint(relay, server.at("127.0.0.1", Integer.parseInt(relay.line())));
    } catch (RuntimeException e) {
      relay.close();
      throw e;
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    relay.close();
  }
}
