package org.milvustls.monitor;

import java.nio.file.Path;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * A target to watch: files, a listener, or files together with the listener that should serve them.
 *
 * @param path PEM file, PKCS#12 or JKS key store, directory, or certificate directory
 * @param listener the TLS listener
 * @param leaf name of the server in a certificate directory whose leaf the listener should serve
 */
public record MonitorTarget(Optional<Path> path, Optional<Listener> listener, String leaf) {
  /** The server that {@code certs init} makes. */
  public static final String DEFAULT_LEAF = "milvus";

  public MonitorTarget {
    if (path.isEmpty() && listener.isEmpty()) {
      throw MilvusTlsException.usage("a target has neither files nor a listener")
          .allowed("a path, HOST:PORT, or both")
          .build();
    }
  }

  public static MonitorTarget files(Path path) {
    return new MonitorTarget(Optional.of(path), Optional.empty(), DEFAULT_LEAF);
  }

  public static MonitorTarget served(Listener listener) {
    return new MonitorTarget(Optional.empty(), Optional.of(listener), DEFAULT_LEAF);
  }

  /** A certificate directory and the listener that should serve the leaf of one of its servers. */
  public static MonitorTarget deployed(Path directory, String leaf, Listener listener) {
    return new MonitorTarget(Optional.of(directory), Optional.of(listener), leaf);
  }

  /**
   * Its name in reports: {@code certs@localhost:19530}, with the server's name where it differs
   * from the host, so that two names of one listener are two targets.
   */
  public String name() {
    return path.map(Path::toString).orElse("")
        + (path.isPresent() && listener.isPresent() ? "@" : "")
        + listener.map(MonitorTarget::name).orElse("");
  }

  private static String name(Listener listener) {
    return listener.serverName().equals(listener.host())
        ? listener.name()
        : listener.name() + " as " + listener.serverName();
  }
}
