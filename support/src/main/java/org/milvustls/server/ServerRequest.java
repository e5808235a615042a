package org.milvustls.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.TlsMode;

/**
 * The request for a server of {@link MilvusServers#start}.
 *
 * <pre>{@code
 * ServerRequest request =
 *     ServerRequest.builder(TlsMode.MUTUAL)
 *         .certificate(Path.of("certs/servers/milvus/server.pem"), Path.of("certs/servers/milvus/server.key"))
 *         .clientCa(Path.of("certs/servers/milvus/client-ca.pem"))
 *         .build();
 * try (MilvusServer server = MilvusServers.start(request)) {
 *   connect(server.host(), server.port());
 * }
 * }</pre>
 *
 * @param kind kind of server
 * @param mode authentication mode of its listener
 * @param serverPem chain of the server, leaf first; needed unless the mode is off
 * @param serverKey key of the server's leaf; needed unless the mode is off
 * @param clientCa CA certificates that client certificates must chain to; needed in mode mutual.
 *     The files may be given in any mode; the server gets those that its mode reads
 * @param dataFolder folder for data, log and configuration; empty: deleted with the server
 * @param host of an external server
 * @param port of gRPC; empty: a free one. Needed for an external server
 * @param image of a container, such as {@code milvusdb/milvus:v2.6.16}
 * @param environment further settings of Milvus, such as {@code
 *     COMMON_SECURITY_AUTHORIZATIONENABLED=true}
 * @param startLimit longest time until the server is ready
 */
public record ServerRequest(
    ServerKind kind,
    TlsMode mode,
    Optional<Path> serverPem,
    Optional<Path> serverKey,
    Optional<Path> clientCa,
    Optional<Path> dataFolder,
    String host,
    OptionalInt port,
    String image,
    Map<String, String> environment,
    Duration startLimit) {

  /** Newest image of the 2.6 line when this was written. */
  public static final String DEFAULT_IMAGE = "milvusdb/milvus:v2.6.16";

  public ServerRequest {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(host, "host");
    environment = Map.copyOf(environment);
    boolean ours = kind != ServerKind.EXTERNAL;
    if (ours && mode.isEncrypted() && (serverPem.isEmpty() || serverKey.isEmpty())) {
      throw MilvusTlsException.usage(
              "a Milvus server in TLS mode " + mode + " needs a certificate and its key")
          .next("make them with 'milvus-tls certs init' and name both files")
          .build();
    }
    if (ours && mode == TlsMode.MUTUAL && clientCa.isEmpty()) {
      throw MilvusTlsException.usage("a Milvus server in TLS mode mutual needs a client CA")
          .next("name the file client-ca.pem that 'milvus-tls certs init' made for the server")
          .build();
    }
    if (!ours && port.isEmpty()) {
      throw MilvusTlsException.usage("an external Milvus needs a port")
          .next("name its host and its port")
          .build();
    }
    if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
      throw MilvusTlsException.usage("the port of Milvus is not a port")
          .seen(port.getAsInt())
          .allowed("1 to 65535")
          .build();
    }
    if (startLimit.isNegative() || startLimit.isZero()) {
      throw MilvusTlsException.usage("the start limit is not positive").seen(startLimit).build();
    }
  }

  public static Builder builder(TlsMode mode) {
    return new Builder(mode);
  }

  /** Collects the options; every one but the mode has a default. */
  public static final class Builder {
    private final TlsMode mode;
    private ServerKind kind = ServerKind.AUTO;
    private @Nullable Path serverPem;
    private @Nullable Path serverKey;
    private @Nullable Path clientCa;
    private @Nullable Path dataFolder;
    private String host = "127.0.0.1";
    private OptionalInt port = OptionalInt.empty();
    private String image = DEFAULT_IMAGE;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Duration startLimit = Duration.ofSeconds(60);

    private Builder(TlsMode mode) {
      this.mode = mode;
    }

    /** Default: {@link ServerKind#AUTO}. */
    public Builder kind(ServerKind value) {
      this.kind = value;
      return this;
    }

    public Builder certificate(Path chain, Path key) {
      this.serverPem = chain;
      this.serverKey = key;
      return this;
    }

    public Builder clientCa(Path pem) {
      this.clientCa = pem;
      return this;
    }

    /** The folder that keeps the data. Default: a folder that is deleted with the server. */
    public Builder dataFolder(Path folder) {
      this.dataFolder = folder;
      return this;
    }

    /** Default: a free one. */
    public Builder port(int value) {
      this.port = OptionalInt.of(value);
      return this;
    }

    /** A server that the user runs. */
    public Builder external(String hostName, int hostPort) {
      this.kind = ServerKind.EXTERNAL;
      this.host = hostName;
      this.port = OptionalInt.of(hostPort);
      return this;
    }

    /** Default: {@link #DEFAULT_IMAGE}. */
    public Builder image(String name) {
      this.image = name;
      return this;
    }

    /** One more setting of Milvus; it overrides one of this library with the same name. */
    public Builder environment(String name, String value) {
      this.environment.put(name, value);
      return this;
    }

    /** Default: 60 s. */
    public Builder startLimit(Duration limit) {
      this.startLimit = limit;
      return this;
    }

    public ServerRequest build() {
      return new ServerRequest(
          kind,
          mode,
          Optional.ofNullable(serverPem),
          Optional.ofNullable(serverKey),
          Optional.ofNullable(clientCa),
          Optional.ofNullable(dataFolder),
          host,
          port,
          image,
          environment,
          startLimit);
    }
  }
}
