package org.milvustls.bench.workload;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.tls.TlsMode;

/**
 * What a fork talks to. Holds endpoints and file paths, never a secret.
 *
 * @param servers endpoints by server role; empty for handshakes in memory
 * @param credentials the files of a client, where there are servers with TLS
 * @param collections what searches run on, as far as it is loaded
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
   * @param given whether it was there before the run: such a server is sent the user or token and
   *     the database that the environment names
   */
  public record Endpoint(String host, int port, TlsMode mode, Optional<Long> pid, boolean given) {

    /** A server that the run starts and stops. */
    public static Endpoint ours(String host, int port, TlsMode mode, Optional<Long> pid) {
      return new Endpoint(host, port, mode, pid, false);
    }

    /** A server that somebody else runs. */
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
   * @param client what a client shows in mode mutual
   * @param serverName name that the server's certificate has, where it is not the host
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

  /** No server: for what runs in memory. */
  public static Target none() {
    return new Target(Map.of(), Optional.empty(), Map.of());
  }
}
