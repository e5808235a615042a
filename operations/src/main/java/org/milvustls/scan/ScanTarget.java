package org.milvustls.scan;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.Identity;

/**
 * The target and the limits of a scan.
 *
 * @param host name or address
 * @param port of the listener
 * @param serverName name that clients use
 * @param trustAnchors CA certificates for the chain; empty: trust is not checked
 * @param client certificate and key for a listener that requests them
 * @param limit for the lookup of the name, for the connection and for each answer; a scan takes at
 *     most twenty times as long
 * @param connections largest number of connections, one after the other
 */
public record ScanTarget(
    String host,
    int port,
    String serverName,
    List<X509Certificate> trustAnchors,
    Optional<Identity> client,
    Duration limit,
    int connections) {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int CONNECTIONS = 300;
  private static final int HIGHEST_PORT = 65_535;

  public ScanTarget {
    Objects.requireNonNull(client, "client");
    trustAnchors = List.copyOf(trustAnchors);
    if (port < 1 || port > HIGHEST_PORT) {
      throw MilvusTlsException.usage("not a port").seen(port).allowed("1 to 65535").build();
    }
  }

  /** A listener with its host as server name and the default limits: 3 s, 300 connections. */
  public static ScanTarget of(String host, int port) {
    return new ScanTarget(host, port, host, List.of(), Optional.empty(), LIMIT, CONNECTIONS);
  }

  public ScanTarget knownAs(String name) {
    return new ScanTarget(host, port, name, trustAnchors, client, limit, connections);
  }

  public ScanTarget trusting(List<X509Certificate> anchors) {
    return new ScanTarget(host, port, serverName, anchors, client, limit, connections);
  }

  public ScanTarget showing(Identity identity) {
    return new ScanTarget(
        host, port, serverName, trustAnchors, Optional.of(identity), limit, connections);
  }

  public ScanTarget within(Duration each) {
    return new ScanTarget(host, port, serverName, trustAnchors, client, each, connections);
  }
}
