package org.milvustls.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.milvustls.pki.IssuedCertificate;

/** Listeners on this machine that greet whom they let in. */
final class Peers implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Serves a chain with the key of a leaf; mutual: clients of {@code clientCa} only. */
  SSLServerSocket tls(
      IssuedCertificate leaf, List<X509Certificate> chain, X509Certificate clientCa, boolean mutual)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", leaf.privateKey(), new char[0], leaf.chain().toArray(Certificate[]::new));
    store.setCertificateEntry("clients", clientCa);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {
          new FixedChain(
              (X509ExtendedKeyManager) keys.getKeyManagers()[0],
              chain.toArray(X509Certificate[]::new))
        },
        trust.getTrustManagers(),
        null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    listener.setNeedClientAuth(mutual);
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try {
              SSLSocket client = (SSLSocket) listener.accept();
              threads.execute(() -> greet(client));
            } catch (IOException e) {
              // The listener is closed.
            }
          }
        });
    return listener;
  }

  private static void greet(SSLSocket socket) {
    try (socket) {
      socket.setSoTimeout(5000);
      socket.startHandshake();
      socket.getOutputStream().write(0);
      socket.getOutputStream().flush();
      socket.getInputStream().read();
    } catch (IOException e) {
      // The monitor has seen what it wanted.
    }
  }

  /** Answers whatever comes with a line of HTTP/1. */
  ServerSocket http() throws IOException {
    return saying("HTTP/1.1 400 No\r\n\r\n");
  }

  /** Answers whatever comes with these bytes, and closes. */
  ServerSocket saying(String answer) throws IOException {
    return answering(
        socket -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Begins a TLS record of 16,384 bytes and sends them one after the other. */
  ServerSocket dripping() throws IOException {
    return answering(
        socket -> {
          socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
          while (true) {
            socket.getOutputStream().write(2);
            Thread.sleep(100);
          }
        });
  }

  private interface Answer {
    void to(Socket socket) throws IOException, InterruptedException;
  }

  private ServerSocket answering(Answer answer) throws IOException {
    ServerSocket listener = silent();
    threads.execute(
        () -> {
          while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
              socket.getInputStream().read();
              answer.to(socket);
            } catch (IOException | InterruptedException e) {
              // The client is gone, or the listener is closed.
            }
          }
        });
    return listener;
  }

  /** Takes connections and says nothing. */
  ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByName("localhost"));
  }

  static String pem(X509Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
