package org.milvustls.bench.workload;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.tls.TlsMode;

/**
 * What a fork talks to. Holds endpoints and file paths, never a secret.
 *
 * @param servers endpoints by server role; empty for handshakes in memory
 * @param credentials the files of a client, where there are servers with TLS
 * @param collection what searches run on, where it is loaded
 */
public record Target(
    Map<String, Endpoint> servers,
    Optional<Credentials> credentials,
    Optional<CollectionSpec> collection) {

  /**
   * A listener of Milvus.
   *
   * @param host name or address
   * @param port of gRPC
   * @param mode of its listener
   * @param pid of the server's process, where it is on this machine and ours
   */
  public record Endpoint(String host, int port, TlsMode mode, Optional<Long> pid) {}

  /**
   * Files of a client, PEM.
   *
   * @param trustAnchors CA certificates to trust
   * @param certificate chain, leaf first
   * @param key PKCS#8
   * @param serverName name that the server's certificate has
   */
  public record Credentials(Path trustAnchors, Path certificate, Path key, String serverName) {}

  public Target {
    servers = Map.copyOf(servers);
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(collection, "collection");
  }

  /** No server: for what runs in memory. */
  public static Target none() {
    return new Target(Map.of(), Optional.empty(), Optional.empty());
  }
}
