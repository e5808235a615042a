package org.milvustls.monitor.alert;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.milvustls.pki.IssuedCertificate;

/**
 * Ends TLS in front of a mail server on this machine that has none of its own, from the first byte
 * or after STARTTLS (RFC 3207), and hands on what was said inside.
 */
final class TlsFront implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket listener;
  private final SSLContext context;
  private final boolean startTls;
  private final int mailPort;

  TlsFront(IssuedCertificate certificate, boolean startTls, int mailPort) throws Exception {
    this.startTls = startTls;
    this.mailPort = mailPort;
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "mail",
        certificate.privateKey(),
        new char[0],
        certificate.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    this.context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // The listener is closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket mail = new Socket(InetAddress.getLoopbackAddress(), mailPort)) {
      if (startTls) {
        // The server has greeted in the clear, by us.
        line(mail.getInputStream());
        agreeToStart(client);
      }
      SSLSocket inside = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
      inside.setUseClientMode(false);
      inside.startHandshake();
      threads.execute(() -> copy(mail, inside));
      copy(inside, mail);
    } catch (IOException e) {
      // The client did not like our certificate, or is gone.
    }
  }

  private static void agreeToStart(Socket client) throws IOException {
    say(client, "220 front ESMTP");
    require(client, "EHLO");
    say(client, "250-front\r\n250 STARTTLS");
    require(client, "STARTTLS");
    say(client, "220 go ahead");
  }

  private static void require(Socket client, String command) throws IOException {
    String line = line(client.getInputStream());
    if (!line.startsWith(command)) {
      throw new IOException("not " + command + " but " + line);
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** A line, and no byte of what follows. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.toString().strip();
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[4096];
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        out.write(buffer, 0, length);
        out.flush();
      }
    } catch (IOException e) {
      // One of the two has hung up.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
