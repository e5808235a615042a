package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAddressTest {
  private final Path socket;

  EngineAddressTest(@TempDir Path folder) {
    this.socket = folder.resolve("docker.sock");
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(socket));
  }

  @Test
  void without_a_socket_no_engine_answers() {
    assertThat(EngineAddress.obstacle("", List.of(socket)))
        .map(Obstacle::toString)
        .contains("no Docker engine answers; start one");
  }

  @Test
  void a_socket_on_which_somebody_listens_is_enough() throws IOException {
    try (ServerSocketChannel listening = listen()) {
      assertThat(listening.isOpen()).isTrue();
      assertThat(EngineAddress.obstacle("", List.of(Path.of("/no/such.sock"), socket))).isEmpty();
      assertThat(EngineAddress.obstacle("unix://" + socket, List.of())).isEmpty();
    }
  }

  @Test
  void a_socket_that_an_engine_left_is_no_engine() throws IOException {
    listen().close();
    assertThat(socket).exists();
    assertThat(EngineAddress.obstacle("", List.of(socket)))
        .map(Obstacle::reason)
        .contains("no Docker engine answers");
  }

  @Test
  void an_address_that_the_user_names_is_named_in_the_reason() throws IOException {
    String address;
    try (ServerSocket engine = new ServerSocket(0)) {
      address = "tcp://localhost:" + engine.getLocalPort();
      assertThat(EngineAddress.obstacle(address, List.of())).isEmpty();
    }
    assertThat(EngineAddress.obstacle(address, List.of(socket)))
        .map(Obstacle::toString)
        .contains(
            "no Docker engine answers at '"
                + address
                + "'; start one there, or correct DOCKER_HOST");
  }

  @Test
  void looks_where_testcontainers_looks() {
    assertThat(EngineAddress.sockets(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), "/home/ann"))
        .contains(
            Path.of("/var/run/docker.sock"),
            Path.of("/run/user/7/docker.sock"),
            Path.of("/home/ann/.docker/run/docker.sock"),
            Path.of("/home/ann/.docker/desktop/docker.sock"));
  }
}
