package org.milvustls.monitor.alert;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Sends mail by SMTP. */
public final class EmailType implements AlertChannelType {
  /** How the way to the mail server is protected. */
  private enum Security {
    /** TLS after the greeting, never without (RFC 3207). */
    STARTTLS(587),
    /** TLS from the first byte (RFC 8314). */
    TLS(465),
    /** In the clear: for a relay on this machine. */
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    private String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String type() {
    return "email";
  }

  @Override
  public Set<String> keys() {
    return Set.of(
        "host", "port", "security", "user", "password-env", "password-file", "from", "to", "ca");
  }

  @Override
  public AlertChannel open(ChannelOptions options) {
    Security security = security(options);
    String host = options.required("host");
    int port = options.port("port").orElse(security.port);
    Optional<String> user = options.text("user");
    Optional<Secret> password = options.secret("password");
    if (user.isPresent() != password.isPresent()) {
      throw options
          .wrong("a user needs a password, and a password its user")
          .seen(options.name())
          .build();
    }
    return new Mailbox(
        host,
        port,
        Session.getInstance(properties(options, security, user.isPresent())),
        user.flatMap(who -> password.map(word -> new Login(who, word))),
        address(options, options.required("from")),
        options.list("to").stream().map(text -> address(options, text)).toList(),
        options.limit());
  }

  private static Security security(ChannelOptions options) {
    String text = options.text("security").orElse(Security.STARTTLS.id());
    return Arrays.stream(Security.values())
        .filter(security -> security.id().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                options
                    .wrong("an unknown security of e-mail")
                    .seen(text)
                    .allowed(
                        Arrays.stream(Security.values())
                            .map(Security::id)
                            .collect(Collectors.joining(", ")))
                    .build());
  }

  private static InternetAddress address(ChannelOptions options, String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException e) {
      throw options.wrong("not an e-mail address").seen(text).cause(e).build();
    }
  }

  private static Properties properties(
      ChannelOptions options, Security security, boolean withLogin) {
    Properties properties = new Properties();
    String millis = String.valueOf(options.limit().toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(withLogin));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    String startTls = String.valueOf(security == Security.STARTTLS);
    properties.put("mail.smtp.starttls.enable", startTls);
    properties.put("mail.smtp.starttls.required", startTls);
    properties.put("mail.smtp.ssl.enable", String.valueOf(security == Security.TLS));
    options
        .trust()
        .ifPresent(
            context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
    return properties;
  }

  private record Login(String user, Secret password) {}

  private record Mailbox(
      String host,
      int port,
      Session session,
      Optional<Login> login,
      InternetAddress from,
      List<InternetAddress> to,
      Duration limit)
      implements AlertChannel {

    /** The limits of sockets bound each answer of the server; the whole is bounded here. */
    @Override
    public void send(Message message) throws UndeliveredException, InterruptedException {
      CompletableFuture<Void> sent = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  attempt(message);
                  sent.complete(null);
                } catch (MessagingException | RuntimeException e) {
                  sent.completeExceptionally(e);
                }
              },
              "alert-mail");
      thread.setDaemon(true);
      thread.start();
      try {
        sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw UndeliveredException.forNow(
            host + " did not take the mail within " + limit.toMillis() + " ms", e);
      } catch (ExecutionException e) {
        throw failure(e.getCause() == null ? e : e.getCause());
      }
    }

    private void attempt(Message message) throws MessagingException {
      MimeMessage mail = new MimeMessage(session);
      mail.setFrom(from);
      mail.setRecipients(jakarta.mail.Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
      mail.setSubject(message.subject(), "UTF-8");
      mail.setSentDate(Date.from(message.at()));
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.setText(message.text() + "\n", "UTF-8");
      mail.saveChanges();
      try (Transport transport = session.getTransport("smtp")) {
        if (login.isPresent()) {
          transport.connect(host, port, login.get().user(), login.get().password().value());
        } else {
          transport.connect(host, port, null, null);
        }
        transport.sendMessage(mail, mail.getAllRecipients());
      }
    }

    /** A refusal of the addresses or of the password stays; anything else may pass. */
    private UndeliveredException failure(Throwable cause) {
      String why = host + " did not take the mail: " + deepest(cause);
      return cause instanceof SendFailedException || cause instanceof AuthenticationFailedException
          ? UndeliveredException.forGood(why)
          : UndeliveredException.forNow(why, cause);
    }

    private static String deepest(Throwable cause) {
      Throwable last = cause;
      if (cause instanceof MessagingException mail && mail.getNextException() != null) {
        last = mail.getNextException();
      }
      String text = String.valueOf(last.getMessage()).strip().replaceAll("\\s+", " ");
      return last.getMessage() == null ? last.getClass().getSimpleName() : text;
    }
  }
}
