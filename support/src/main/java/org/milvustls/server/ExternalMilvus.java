package org.milvustls.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/** A server that the user runs. Only the given facts are known, and whether its port answers. */
public final class ExternalMilvus implements MilvusServer {
  private final TlsMode mode;
  private final String host;
  private final int port;

  private ExternalMilvus(TlsMode mode, String host, int port) {
    this.mode = mode;
    this.host = host;
    this.port = port;
  }

  static ExternalMilvus reach(ServerRequest request) {
    int port = request.port().orElseThrow();
    ExternalMilvus server = new ExternalMilvus(request.mode(), request.host(), port);
    if (!server.isAlive()) {
      throw MilvusTlsException.failure("nothing accepts connections at the external Milvus")
          .seen(request.host() + ":" + port)
          .next("see that the server runs and that its host and port are right")
          .build();
    }
    return server;
  }

  @Override
  public ServerKind kind() {
    return ServerKind.EXTERNAL;
  }

  @Override
  public TlsMode mode() {
    return mode;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public OptionalInt restPort() {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt metricsPort() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<String> version() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> timeToReady() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> cpuTime() {
    return Optional.empty();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public Optional<String> logCommand() {
    return Optional.empty();
  }

  @Override
  public List<String> logTail(int lines) {
    return List.of();
  }

  @Override
  public void restart() {
    throw MilvusTlsException.usage("an external Milvus cannot be restarted from here")
        .seen(host + ":" + port)
        .next("restart it where it runs, or let an embedded or container server be started")
        .build();
  }

  @Override
  public boolean isAlive() {
    return Readiness.accepts(host, port);
  }

  @Override
  public void close() {
    // The user stops it.
  }
}
