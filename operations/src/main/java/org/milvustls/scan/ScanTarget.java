package org.milvustls.scan;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.Identity;

/**
 * What to scan, and how gently.
 *
 * @param host name or address
 * @param port of the listener
 * @param serverName name that clients know it by
 * @param trustAnchors CA certificates that the chain shall lead to; none: that is not judged
 * @param client certificate and key to show when the listener asks for them
 * @param limit for the lookup of the name, for connecting and for each answer; a scan takes at most
 *     twenty of it
 * @param connections at most so many, one after the other
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

  /** A listener that is known by its host, with the default limits: 3 s, 300 connections. */
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
