package org.milvustls.bench.workload;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.tls.TlsMode;

/**
 * The servers and files of a fork. Contains endpoints and file paths, never a secret.
 *
 * @param servers endpoints by server role; empty for handshakes in memory
 * @param credentials the files of a client, where there are servers with TLS
 * @param collections loaded collections for searches
 */
public record Target(
    Map<String, Endpoint> servers,
    Optional<Credentials> credentials,
    Map<Dataset, CollectionSpec> collections) {

  /**
   * A listener of Milvus.
   *
   * @param host name or address
   * @param port of gRPC
   * @param mode of its listener
   * @param pid of the server's process, where it is on this machine and ours
   * @param given whether it ran before the run; such a server gets the user or token and the
   *     database from the environment variables
   */
  public record Endpoint(String host, int port, TlsMode mode, Optional<Long> pid, boolean given) {

    /** A server that the run starts and stops. */
    public static Endpoint ours(String host, int port, TlsMode mode, Optional<Long> pid) {
      return new Endpoint(host, port, mode, pid, false);
    }

    /** A server that the user runs. */
    public static Endpoint given(String host, int port, TlsMode mode) {
      return new Endpoint(host, port, mode, Optional.empty(), true);
    }

    /** The same server behind another address. */
    Endpoint at(String otherHost, int otherPort) {
      return new Endpoint(otherHost, otherPort, mode, pid, given);
    }
  }

  /**
   * Files of a client, PEM.
   *
   * @param trustAnchors CA certificates to trust
   * @param client client certificate for mode mutual
   * @param serverName name in the server's certificate, where it differs from the host
   */
  public record Credentials(
      Path trustAnchors, Optional<KeyPair> client, Optional<String> serverName) {}

  /**
   * A certificate with its key.
   *
   * @param certificate chain, leaf first
   * @param key PKCS#8
   */
  public record KeyPair(Path certificate, Path key) {}

  public Target {
    servers = Map.copyOf(servers);
    Objects.requireNonNull(credentials, "credentials");
    collections = Map.copyOf(collections);
  }

  /** No server, for cells in memory. */
  public static Target none() {
    return new Target(Map.of(), Optional.empty(), Map.of());
  }
}
