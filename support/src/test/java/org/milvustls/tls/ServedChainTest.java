package org.milvustls.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.IssuedCertificate;

class ServedChainTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path folder;
  private final ExecutorService acceptor = Executors.newSingleThreadExecutor();
  private final CertificateAuthority ca =
      CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC())
          .intermediate(AuthorityRequest.intermediate("I"));
  private final IssuedCertificate server = ca.issueServer("milvus", "localhost");

  ServedChainTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop_accepting() {
    acceptor.shutdownNow();
  }

  @Test
  void is_what_a_server_sends_whoever_issued_it() throws Exception {
    try (ServerSocket listener = tls(false)) {
      ServedChain served = capture(listener, Optional.empty());

      assertThat(served.chain()).isEqualTo(server.chain());
      assertThat(served.refusal()).isEmpty();
    }
  }

  @Test
  void is_kept_when_the_server_asks_for_a_client_certificate_that_is_not_there() throws Exception {
    try (ServerSocket listener = tls(true)) {
      ServedChain served = capture(listener, Optional.empty());

      assertThat(served.chain()).isEqualTo(server.chain());
      assertThat(served.refusal()).hasValueSatisfying(text -> assertThat(text).contains("server"));
    }
  }

  @Test
  void shows_the_client_certificate_it_is_given() throws Exception {
    ca.issueClient("a").writePem(folder.resolve("client.pem"), folder.resolve("client.key"));
    Identity client = Identity.pem(folder.resolve("client.pem"), folder.resolve("client.key"));
    try (ServerSocket listener = tls(true)) {
      assertThat(capture(listener, Optional.of(client)).refusal()).isEmpty();
    }
  }

  @Test
  void of_a_plaintext_server_is_an_error() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      acceptor.execute(() -> answer(listener, "HTTP/1.1 400 Bad Request\r\n\r\n"));

      assertThatThrownBy(() -> capture(listener, Optional.empty()))
          .hasMessageStartingWith("there is no TLS server, or it does not speak TLS 1.2 or 1.3: ")
          .hasMessageContaining("'localhost:" + listener.getLocalPort() + "'");
    }
  }

  @Test
  void of_a_closed_port_is_an_error() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      port = closed.getLocalPort();
    }
    assertThatThrownBy(
            () -> ServedChain.capture("localhost", port, "localhost", Optional.empty(), LIMIT))
        .hasMessageStartingWith("cannot connect: ")
        .hasMessageContaining("next: check host and port");
  }

  @Test
  void that_never_comes_is_one_message_with_what_was_seen_instead() throws Exception {
    BigInteger serial = BigInteger.valueOf(0xabc);
    int port;
    try (ServerSocket listener = tls(false)) {
      port = listener.getLocalPort();
      assertThatThrownBy(
              () -> ServedChain.awaitSerial("localhost", port, serial, Duration.ofMillis(1)))
          .hasMessageStartingWith(
              "localhost:" + port + " does not serve the new certificate, serial abc: 'serial ");
    }
    assertThatThrownBy(
            () -> ServedChain.awaitSerial("localhost", port, serial, Duration.ofMillis(1)))
        .hasMessageStartingWith(
            "localhost:"
                + port
                + " does not serve the new certificate, serial abc: 'cannot connect: Connection"
                + " refused")
        .hasMessageEndingWith(
            "'\n  next: restart Milvus, which reads its certificate only at its"
                + " start, or correct the endpoint; then run the command again");
  }

  @Test
  void of_a_silent_server_ends_with_the_time_limit() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      assertThatThrownBy(
              () ->
                  ServedChain.capture(
                      "localhost",
                      listener.getLocalPort(),
                      "localhost",
                      Optional.empty(),
                      Duration.ofMillis(200)))
          .hasMessageStartingWith("no answer within the time limit: 'localhost:");
    }
  }

  private static ServedChain capture(ServerSocket listener, Optional<Identity> client) {
    return ServedChain.capture("localhost", listener.getLocalPort(), "localhost", client, LIMIT);
  }

  private ServerSocket tls(boolean clientRequired) throws Exception {
    ServerSocket listener =
        TlsListener.open(server.privateKey(), server.chain(), ca.chain().get(1), clientRequired);
    acceptor.execute(() -> answer(listener, "\0\0\0\4\0\0\0\0\0"));
    return listener;
  }

  private static void answer(ServerSocket listener, String text) {
    try (Socket socket = listener.accept()) {
      socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      // Reading until the client is done keeps the answer from being lost in a reset.
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A refused client ends here; the client's side is what the test looks at.
    }
  }
}
