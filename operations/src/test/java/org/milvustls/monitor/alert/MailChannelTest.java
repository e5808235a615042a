package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.monitor.Peers;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;

class MailChannelTest {
  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

  private static ServerSetup setup(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol).dynamicPort();
    setup.setServerStartupTimeout(60_000);
    return setup;
  }

  private final Path folder;

  MailChannelTest(@TempDir Path folder) {
    this.folder = folder;
    server.start();
    server.setUser("monitor@example.org", "monitor", "s3cret");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private static AlertChannel channel(int port, String security, Map<String, ?> login) {
    return channel(port, security, login, Duration.ofMinutes(2));
  }

  private static AlertChannel channel(
      int port, String security, Map<String, ?> login, Duration limit) {
    Map<String, Object> values = new HashMap<>(login);
    values.put("host", "127.0.0.1");
    values.put("port", port);
    values.put("security", security);
    values.put("from", "monitor@example.org");
    values.put("to", List.of("ops@example.org", "dba@example.org"));
    return Channels.open(new EmailType(), limit, values);
  }

  private static Map<String, String> login(String password) {
    return Map.of("user", "monitor", "password-env", password);
  }

  private static Optional<String> deliver(AlertChannel channel) throws Exception {
    return new Delivery(List.of(Duration.ZERO)).deliver(channel, Situations.message());
  }

  @Test
  void a_mail_reaches_everybody_with_its_text() throws Exception {
    assertThat(deliver(channel(server.getSmtp().getPort(), "none", login("s3cret")))).isEmpty();
    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getSubject()).isEqualTo("milvus-tls: WARNING certs@localhost:19530");
    assertThat(received[0].getContent().toString())
        .contains("serial 1 is in <certs>, but serial 2 is served: 测试");
    assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void a_wrong_password_is_not_tried_again_and_not_shown() throws Exception {
    assertThat(deliver(channel(server.getSmtp().getPort(), "none", login("wr0ng"))))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .startsWith("127.0.0.1 did not take the mail: ")
                    .contains("535")
                    .doesNotContain("attempts")
                    .doesNotContain("wr0ng"));
  }

  @Test
  void nothing_is_sent_in_the_clear_where_tls_is_asked_for() throws Exception {
    // GreenMail's own certificate is from nobody we trust; of its plain port STARTTLS is refused.
    assertThat(deliver(channel(server.getSmtps().getPort(), "tls", Map.of())))
        .hasValueSatisfying(
            why -> assertThat(why).contains("PKIX path building failed").contains("2 attempts"));
    assertThat(deliver(channel(server.getSmtp().getPort(), "starttls", Map.of())))
        .hasValueSatisfying(why -> assertThat(why).contains("STARTTLS is required"));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  /** A server whose certificate is of a CA that the settings name, and their channel. */
  private AlertChannel settings(TlsFront front, String security, CertificateAuthority trusted)
      throws Exception {
    Files.writeString(folder.resolve("ca.pem"), Peers.pem(trusted.chain().get(0)));
    Files.writeString(folder.resolve("smtp.password"), "s3cret\n");
    return AlertSettings.read(
            Files.writeString(
                folder.resolve("alerts.yaml"),
                """
                channels:
                  - type: email
                    host: localhost
                    port: %d
                    security: %s
                    ca: ca.pem
                    user: monitor
                    password-file: smtp.password
                    from: monitor@example.org
                    to: [ops@example.org]
                """
                    .formatted(front.port(), security)))
        .channels()
        .values()
        .iterator()
        .next();
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void a_server_of_the_ca_of_the_settings_gets_password_and_mail_inside_of_tls(String security)
      throws Exception {
    CertificateAuthority ca = authority();
    try (TlsFront front = front(ca, security)) {
      assertThat(
              new Delivery(List.of()).deliver(settings(front, security, ca), Situations.message()))
          .isEmpty();
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(server.getReceivedMessages()[0].getSubject())
        .isEqualTo("milvus-tls: WARNING certs@localhost:19530");
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void a_server_of_another_ca_gets_nothing(String security) throws Exception {
    try (TlsFront front = front(authority(), security)) {
      assertThat(
              new Delivery(List.of())
                  .deliver(settings(front, security, authority()), Situations.message()))
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .startsWith("localhost did not take the mail: ")
                      .contains("PKIX path"));
    }
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private TlsFront front(CertificateAuthority ca, String security) throws Exception {
    return new TlsFront(
        ca.issueServer("mail", "localhost"),
        security.equals("starttls"),
        server.getSmtp().getPort());
  }

  private static CertificateAuthority authority() {
    return CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC());
  }

  @Test
  void a_server_that_says_nothing_is_given_up_in_time() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      AlertChannel channel =
          channel(silent.getLocalPort(), "none", Map.of(), Duration.ofMillis(300));
      assertThat(deliver(channel))
          .hasValueSatisfying(why -> assertThat(why).startsWith("127.0.0.1 did not take the mail"));
    }
  }
}
