package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailChannelTest {
  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {setup(ServerSetup.PROTOCOL_SMTP), setup(ServerSetup.PROTOCOL_SMTPS)});

  private static ServerSetup setup(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol).dynamicPort();
    setup.setServerStartupTimeout(60_000);
    return setup;
  }

  MailChannelTest() {
    server.start();
    server.setUser("monitor@example.org", "monitor", "s3cret");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private MailChannel channel(int port, MailChannel.Security security, Optional<String> password)
      throws Exception {
    return new MailChannel(
        "email",
        new MailChannel.Server("127.0.0.1", port, security, Optional.empty()),
        password.map(word -> new MailChannel.Login("monitor", Secret.open(word))),
        new InternetAddress("monitor@example.org"),
        List.of(new InternetAddress("ops@example.org"), new InternetAddress("dba@example.org")),
        Duration.ofSeconds(5));
  }

  private static Optional<String> deliver(MailChannel channel) throws Exception {
    return new Delivery(List.of(Duration.ZERO)).deliver(channel, Situations.message());
  }

  @Test
  void a_mail_reaches_everybody_with_its_text() throws Exception {
    assertThat(
            deliver(
                channel(
                    server.getSmtp().getPort(), MailChannel.Security.NONE, Optional.of("s3cret"))))
        .isEmpty();
    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getSubject()).isEqualTo("milvus-tls: WARNING certs@localhost:19530");
    assertThat(received[0].getContent().toString())
        .contains("serial 1 is in <certs>, but serial 2 is served: 测试");
    assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void a_wrong_password_is_not_tried_again_and_not_shown() throws Exception {
    assertThat(
            deliver(
                channel(
                    server.getSmtp().getPort(), MailChannel.Security.NONE, Optional.of("wr0ng"))))
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
    assertThat(
            deliver(
                channel(server.getSmtps().getPort(), MailChannel.Security.TLS, Optional.empty())))
        .hasValueSatisfying(
            why -> assertThat(why).contains("PKIX path building failed").contains("2 attempts"));
    assertThat(
            deliver(
                channel(
                    server.getSmtp().getPort(), MailChannel.Security.STARTTLS, Optional.empty())))
        .hasValueSatisfying(why -> assertThat(why).contains("STARTTLS is required"));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_server_that_says_nothing_is_given_up_in_time() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      MailChannel channel =
          new MailChannel(
              "email",
              new MailChannel.Server(
                  "127.0.0.1", silent.getLocalPort(), MailChannel.Security.NONE, Optional.empty()),
              Optional.empty(),
              new InternetAddress("monitor@example.org"),
              List.of(new InternetAddress("ops@example.org")),
              Duration.ofMillis(300));
      assertThat(deliver(channel))
          .hasValueSatisfying(why -> assertThat(why).startsWith("127.0.0.1 did not take the mail"));
    }
  }
}
