package org.milvustls.monitor;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.tls.Identity;

/**
 * A TLS listener to check.
 *
 * @param host name or address
 * @param port of the listener
 * @param serverName name that clients use
 * @param trustAnchors PEM file of the CA certificates that clients trust; empty: trust is not
 *     checked
 * @param client certificate and key for a server that requests them
 * @param mutual whether it must refuse a client without certificate
 */
public record Listener(
    String host,
    int port,
    String serverName,
    Optional<Path> trustAnchors,
    Optional<Identity> client,
    boolean mutual) {
  public Listener {
    Objects.requireNonNull(trustAnchors, "trustAnchors");
    Objects.requireNonNull(client, "client");
  }

  /** {@code HOST:PORT}, an IPv6 address in brackets. */
  public String name() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
