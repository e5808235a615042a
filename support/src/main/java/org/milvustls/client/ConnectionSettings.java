package org.milvustls.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsSettings;

/**
 * The settings of a connection to one Milvus.
 *
 * @param host name or address
 * @param port of the gRPC listener, usually 19530
 * @param tls TLS settings; plaintext only by {@link TlsSettings#plaintext()}; a missing provider is
 *     chosen here
 * @param credentials user or token, where the server requires one
 * @param database name of the database; empty: the server's default
 * @param connectTimeout limit for everything up to the answer to the first call
 * @param rpcDeadline limit for each later call; zero: none
 * @param keepAlive settings of pings
 * @param idleTimeout time without calls after which the connection closes; the next call opens it
 *     again
 * @param maxMessageSize longest message accepted, in bytes
 */
public record ConnectionSettings(
    String host,
    int port,
    TlsSettings tls,
    Optional<Credentials> credentials,
    Optional<String> database,
    Duration connectTimeout,
    Duration rpcDeadline,
    KeepAlive keepAlive,
    Duration idleTimeout,
    int maxMessageSize) {

  public ConnectionSettings {
    tls = BundledBoringSsl.AUTOMATIC.completing(tls);
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(keepAlive, "keepAlive");
    if (host.isBlank() || host.contains("/") || host.contains(" ")) {
      throw MilvusTlsException.usage("not a host name or address").seen(host).build();
    }
    if (port < 1 || port > 65535) {
      throw MilvusTlsException.usage("not a port").seen(port).allowed("1 to 65535").build();
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw MilvusTlsException.usage("the connect timeout must be positive")
          .seen(connectTimeout)
          .build();
    }
    if (rpcDeadline.isNegative()) {
      throw MilvusTlsException.usage("the deadline of a call cannot be negative")
          .seen(rpcDeadline)
          .build();
    }
    if (maxMessageSize < 1) {
      throw MilvusTlsException.usage("the longest message must be positive")
          .seen(maxMessageSize)
          .build();
    }
  }

  /** The name that the server's certificate must have. */
  public String serverName() {
    return tls.serverName().orElse(host);
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  public String target() {
    return hostPort(host, port);
  }

  static String hostPort(String host, int port) {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }

  public static Builder builder(String host, int port, TlsSettings tls) {
    return new Builder(host, port, tls);
  }

  /** Collects the options; every one has a default. */
  public static final class Builder {
    private final String host;
    private final int port;
    private final TlsSettings tls;
    private @Nullable Credentials credentials;
    private @Nullable String database;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration rpcDeadline = Duration.ofSeconds(60);
    private KeepAlive keepAlive = KeepAlive.SDK_DEFAULT;
    private Duration idleTimeout = Duration.ofHours(24);
    private int maxMessageSize = Integer.MAX_VALUE;

    private Builder(String host, int port, TlsSettings tls) {
      this.host = host;
      this.port = port;
      this.tls = tls;
    }

    public Builder credentials(Credentials value) {
      this.credentials = value;
      return this;
    }

    public Builder database(String value) {
      this.database = value;
      return this;
    }

    /** Default: 10 s, as the SDK. */
    public Builder connectTimeout(Duration value) {
      this.connectTimeout = value;
      return this;
    }

    /** Default: 60 s; the SDK has none. */
    public Builder rpcDeadline(Duration value) {
      this.rpcDeadline = value;
      return this;
    }

    /** Default: {@link KeepAlive#SDK_DEFAULT}. */
    public Builder keepAlive(KeepAlive value) {
      this.keepAlive = value;
      return this;
    }

    /** Default: 24 hours, as the SDK. */
    public Builder idleTimeout(Duration value) {
      this.idleTimeout = value;
      return this;
    }

    /** Default: no limit, as the SDK. */
    public Builder maxMessageSize(int bytes) {
      this.maxMessageSize = bytes;
      return this;
    }

    public ConnectionSettings build() {
      return new ConnectionSettings(
          host,
          port,
          tls,
          Optional.ofNullable(credentials),
          Optional.ofNullable(database),
          connectTimeout,
          rpcDeadline,
          keepAlive,
          idleTimeout,
          maxMessageSize);
    }
  }
}
