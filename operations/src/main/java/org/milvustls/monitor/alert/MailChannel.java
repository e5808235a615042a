package org.milvustls.monitor.alert;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Sends messages by SMTP. */
final class MailChannel implements AlertChannel {
  /** The protection of the connection to the mail server. */
  enum Security {
    /** TLS after the greeting, always required (RFC 3207). */
    STARTTLS,
    /** TLS from the first byte (RFC 8314). */
    TLS,
    /** In the clear: for a relay on this machine. */
    NONE
  }

  /**
   * A mail server.
   *
   * @param host name, which must be in its certificate
   * @param port usually 587 for STARTTLS, 465 for TLS, 25 for none
   * @param trust its trust anchors; empty: those of the JDK
   */
  record Server(String host, int port, Security security, Optional<SSLContext> trust) {}

  /**
   * A mailbox of the server.
   *
   * @param user name of the sender's account
   * @param password of the user
   */
  record Login(String user, Secret password) {}

  private final String name;
  private final Server server;
  private final Optional<Login> login;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final Duration limit;

  MailChannel(
      String name,
      Server server,
      Optional<Login> login,
      InternetAddress from,
      List<InternetAddress> to,
      Duration limit) {
    this.name = name;
    this.server = server;
    this.login = login;
    this.from = from;
    this.to = List.copyOf(to);
    this.limit = limit;
  }

  @Override
  public String name() {
    return name;
  }

  /** Limits the whole attempt; the socket limits apply to each answer of the server. */
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
          server.host() + " did not take the mail within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  private void attempt(Message message) throws MessagingException {
    Session session = Session.getInstance(properties());
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
        transport.connect(
            server.host(), server.port(), login.get().user(), login.get().password().value());
      } else {
        transport.connect(server.host(), server.port(), null, null);
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    String millis = String.valueOf(limit.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(login.isPresent()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    if (server.security() == Security.STARTTLS) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
    } else if (server.security() == Security.TLS) {
      properties.put("mail.smtp.ssl.enable", "true");
    }
    server
        .trust()
        .ifPresent(
            context -> properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory()));
    return properties;
  }

  /** A refusal of the addresses or of the password is permanent; other errors may be temporary. */
  private UndeliveredException failure(Throwable cause) {
    String why = server.host() + " did not take the mail: " + deepest(cause);
    return cause instanceof SendFailedException
            || cause instanceof jakarta.mail.AuthenticationFailedException
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
