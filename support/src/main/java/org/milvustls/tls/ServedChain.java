package org.milvustls.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.milvustls.MilvusTlsException;

/**
 * The certificates that a server sends, taken as they come and judged by nobody: for looking at a
 * server whose certificate is wrong. Never a way to connect; no user data is sent.
 *
 * @param chain the certificates in the order in which the server sent them
 * @param refusal what the server said when it did not let the client in; empty: it did
 */
public record ServedChain(List<X509Certificate> chain, Optional<String> refusal) {
  /** The first bytes of every HTTP/2 connection, then an empty SETTINGS frame (RFC 9113). */
  private static final byte[] HTTP2_PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  public ServedChain {
    chain = List.copyOf(chain);
  }

  /**
   * Shakes hands with a server and keeps its chain.
   *
   * @param serverName name to ask for (server name indication); an address is not sent
   * @param client certificate and key to show when the server asks for them
   * @param limit for connecting and for each answer
   * @throws MilvusTlsException when there is no TLS server, with the reason
   */
  public static ServedChain capture(
      String host, int port, String serverName, Optional<Identity> client, Duration limit) {
    CapturingTrustManager captured = new CapturingTrustManager();
    Optional<String> refusal = Optional.empty();
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      refusal = handshake(context(captured, client), socket, serverName, port);
    } catch (IOException e) {
      if (captured.chain().isEmpty()) {
        throw failure(host, port, e);
      }
      refusal = Optional.of(refusal(e));
    }
    return new ServedChain(captured.chain(), refusal);
  }

  /**
   * Waits until a server serves the leaf with this serial number, asking again each second, for a
   * server that is being restarted.
   *
   * @param limit for the whole
   * @throws MilvusTlsException when it does not in time, with what it serves instead
   */
  public static void awaitSerial(String host, int port, BigInteger serial, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String seen;
      try {
        ServedChain served = capture(host, port, host, Optional.empty(), ATTEMPT);
        if (served.chain().get(0).getSerialNumber().equals(serial)) {
          return;
        }
        seen = "serial " + served.chain().get(0).getSerialNumber().toString(16);
      } catch (MilvusTlsException e) {
        seen = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() >= deadline) {
        throw notServed(host, port, serial, seen);
      }
      pause(host, port, serial);
    }
  }

  private static void pause(String host, int port, BigInteger serial) {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notServed(host, port, serial, "interrupted while waiting");
    }
  }

  private static MilvusTlsException notServed(
      String host, int port, BigInteger serial, String seen) {
    return MilvusTlsException.failure(
            host
                + ":"
                + port
                + " does not serve the new certificate, serial "
                + serial.toString(16))
        .seen(seen)
        .next("restart Milvus: it reads its certificate only at its start")
        .build();
  }

  /**
   * In TLS 1.3 a client is finished before the server has judged its certificate: only the server's
   * first application data, here its HTTP/2 SETTINGS, show that it was let in.
   */
  private static Optional<String> handshake(
      SSLContext context, Socket socket, String serverName, int port) throws IOException {
    try (SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, serverName, port, false)) {
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      if (serverName.matches(".*[a-zA-Z].*") && serverName.indexOf(':') < 0) {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      }
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      tls.getOutputStream().write(HTTP2_PREFACE);
      tls.getOutputStream().flush();
      return tls.getInputStream().read() >= 0
          ? Optional.empty()
          : Optional.of("the server closed the connection after the handshake");
    }
  }

  private static String refusal(IOException e) {
    return e instanceof SocketTimeoutException
        ? "no answer after the handshake: not a gRPC server, or a stuck one"
        : "the server ended the connection: " + e.getMessage();
  }

  private static MilvusTlsException failure(String host, int port, IOException e) {
    String what;
    if (e instanceof UnknownHostException) {
      what = "no such host";
    } else if (e instanceof SocketTimeoutException) {
      what = "no answer within the time limit";
    } else if (e instanceof SSLException) {
      what = "there is no TLS server, or it does not speak TLS 1.2 or 1.3: " + e.getMessage();
    } else {
      what = "cannot connect: " + e.getMessage();
    }
    return MilvusTlsException.failure(what)
        .seen(host + ":" + port)
        .next("check host and port, and that the server has TLS on")
        .cause(e)
        .build();
  }

  private static SSLContext context(CapturingTrustManager captured, Optional<Identity> client) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = client.isPresent() ? keyManagers(client.get().load()) : new KeyManager[0];
      context.init(keys, new TrustManager[] {captured}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw MilvusTlsException.failure("cannot use the client certificate and key")
          .cause(e)
          .build();
    }
  }

  private static KeyManager[] keyManagers(Identity.Pair pair)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", pair.key(), new char[0], pair.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }
}
