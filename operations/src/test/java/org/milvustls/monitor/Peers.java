package org.milvustls.monitor;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.tls.TlsListener;

/** Listeners on this machine: they greet whom they let in, or behave badly. */
public final class Peers implements AutoCloseable {
  private static final int MEGABYTE = 1024 * 1024;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Serves a chain with the key of a leaf; mutual: clients of {@code clientCa} only. */
  public SSLServerSocket tls(
      IssuedCertificate leaf, List<X509Certificate> chain, X509Certificate clientCa, boolean mutual)
      throws Exception {
    KeyStore store = TlsListener.store(leaf.privateKey(), leaf.chain());
    store.setCertificateEntry("clients", clientCa);
    SSLServerSocket listener =
        TlsListener.open(
            new FixedChain(
                (X509ExtendedKeyManager) TlsListener.keyManagers(store)[0],
                chain.toArray(X509Certificate[]::new)),
            store,
            mutual);
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
  public ServerSocket http() throws IOException {
    return saying("HTTP/1.1 400 No\r\n\r\n");
  }

  /** Answers whatever comes with these bytes, and closes. */
  public ServerSocket saying(String answer) throws IOException {
    return answering(
        socket -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Begins a TLS record of 16,384 bytes and sends them one after the other. */
  public ServerSocket dripping() throws IOException {
    return answering(
        socket -> {
          socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
          while (true) {
            socket.getOutputStream().write(2);
            Thread.sleep(100);
          }
        });
  }

  /** Closes each connection as soon as it has said something. */
  public ServerSocket closing() throws IOException {
    return answering(socket -> {});
  }

  /** A port on which nobody listens. */
  public static int closedPort() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      return closed.getLocalPort();
    }
  }

  /** A certificate of a megabyte, signed by itself. */
  public static X509Certificate megabyte() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=large");
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now),
                    Date.from(now.plus(Duration.ofDays(365))),
                    name,
                    pair.getPublic())
                .addExtension(
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"),
                    false,
                    new DEROctetString(new byte[MEGABYTE]))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
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
  public ServerSocket silent() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getByName("localhost"));
  }

  public static String pem(X509Certificate certificate) throws CertificateEncodingException {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
