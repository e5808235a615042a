package org.milvustls.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * The places where Testcontainers looks for a Docker engine. Checked before Testcontainers is used,
 * which takes a second and logs a stack trace when there is no engine.
 */
final class EngineAddress {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Obstacle NO_ENGINE = new Obstacle("no Docker engine answers", "start one");

  private EngineAddress() {}

  /**
   * The reason why no engine can answer; empty when one listens, or when only Testcontainers can
   * find out.
   */
  static Optional<Obstacle> obstacle() {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return Optional.empty();
    }
    String configured =
        TestcontainersConfiguration.getInstance().getEnvVarOrUserProperty("docker.host", "");
    return obstacle(configured, sockets(System.getenv(), System.getProperty("user.home")));
  }

  /**
   * The same for these places.
   *
   * @param configured address by {@code DOCKER_HOST} or {@code ~/.testcontainers.properties};
   *     empty: none
   */
  static Optional<Obstacle> obstacle(String configured, List<Path> sockets) {
    if (listens(configured)) {
      return Optional.empty();
    }
    Obstacle found =
        configured.isEmpty()
            ? NO_ENGINE
            : new Obstacle(
                "no Docker engine answers at '" + configured + "'",
                "start one there, or correct DOCKER_HOST");
    for (Path socket : sockets) {
      try {
        connect(socket);
        return Optional.empty();
      } catch (IOException e) {
        if (Files.exists(socket) && !Files.isWritable(socket)) {
          found =
              new Obstacle(
                  "this user may not use the Docker engine at " + socket,
                  "add the user to the group that owns the socket");
        }
      }
    }
    return Optional.of(found);
  }

  /** The sockets of a system engine, of a rootless engine of this user, and of Docker Desktop. */
  static List<Path> sockets(Map<String, String> environment, String home) {
    List<Path> sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .ifPresent(folder -> sockets.add(Path.of(folder, "docker.sock")));
    ownUid().ifPresent(uid -> sockets.add(Path.of("/run/user/" + uid, "docker.sock")));
    sockets.add(Path.of(home, ".docker", "run", "docker.sock"));
    sockets.add(Path.of(home, ".docker", "desktop", "docker.sock"));
    return sockets;
  }

  private static Optional<Object> ownUid() {
    try {
      return Optional.of(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException elsewhere) {
      return Optional.empty();
    }
  }

  private static boolean listens(String address) {
    if (address.isEmpty()) {
      return false;
    }
    try {
      URI uri = URI.create(address);
      if ("unix".equals(uri.getScheme())) {
        connect(Path.of(uri.getPath()));
      } else if (uri.getHost() != null) {
        connect(uri.getHost(), uri.getPort());
      }
      // Testcontainers checks other kinds of addresses.
      return true;
    } catch (IOException | IllegalArgumentException notReached) {
      return false;
    }
  }

  private static void connect(Path socket) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
  }

  private static void connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host, port < 0 ? 2375 : port), (int) CONNECT_LIMIT.toMillis());
    }
  }
}
