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
import java.time.Clock;
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
import javax.net.ssl.X509ExtendedKeyManager;
import org.milvustls.MilvusTlsException;

/**
 * The certificates that a server sends, without any check: for inspection of a server with a wrong
 * certificate. Not for connections; no user data is sent.
 *
 * @param chain the certificates in the order in which the server sent them
 * @param refusal the server's error when it rejected the client; empty: it accepted
 * @param request the server's request for a client certificate; empty: none
 * @param alpn application protocol that it chose when {@code h2} was offered; empty: none
 */
public record ServedChain(
    List<X509Certificate> chain,
    Optional<String> refusal,
    Optional<ClientCertificateRequest> request,
    Optional<String> alpn) {
  /** The first bytes of every HTTP/2 connection, then an empty SETTINGS frame (RFC 9113). */
  private static final byte[] HTTP2_PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Limit of a whole conversation, in time limits of one step. */
  private static final int WHOLE = 3;

  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  public ServedChain {
    chain = List.copyOf(chain);
  }

  /**
   * Performs a handshake with a server and captures its chain.
   *
   * @param serverName name to ask for (server name indication); an address is not sent
   * @param client certificate and key to show when the server asks for them
   * @param limit for the connection and for each answer; the whole takes at most three times as
   *     long
   * @throws MilvusTlsException when there is no TLS server, with the reason
   */
  public static ServedChain capture(
      String host, int port, String serverName, Optional<Identity> client, Duration limit) {
    try {
      return take(host, port, serverName, client, limit);
    } catch (IOException e) {
      throw MilvusTlsException.failure(reason(e))
          .seen(host + ":" + port)
          .next("check host and port, and that the server has TLS on")
          .cause(e)
          .build();
    }
  }

  private static ServedChain take(
      String host, int port, String serverName, Optional<Identity> client, Duration limit)
      throws IOException {
    CapturingTrustManager captured = new CapturingTrustManager();
    ObservingKeyManager keys = keys(client);
    SSLContext context = context(captured, keys);
    Optional<String> refusal = Optional.empty();
    Optional<String> alpn = Optional.empty();
    boolean late = false;
    try (Socket socket = new Socket();
        TotalLimit whole = TotalLimit.of(socket, limit.multipliedBy(WHOLE));
        SSLSocket tls = connect(context, socket, host, port, serverName, limit)) {
      try {
        tls.startHandshake();
      } catch (IOException e) {
        late = whole.hasPassed();
        throw e;
      }
      alpn = Optional.of(tls.getApplicationProtocol()).filter(chosen -> !chosen.isEmpty());
      refusal = firstWords(tls);
    } catch (IOException e) {
      if (captured.chain().isEmpty()) {
        throw late ? new SocketTimeoutException("the whole took too long") : e;
      }
      refusal = Optional.of(refusal(e));
    }
    return new ServedChain(captured.chain(), refusal, keys.lastRequest(), alpn);
  }

  /**
   * Whether a second connection resumes the session of the first. JSSE copies the creation time
   * into a resumed session, in TLS 1.3 too. Resumption that JSSE does not support, such as a TLS
   * 1.2 ticket of Go under JDK 17, is not detected.
   *
   * @return empty when the server rejected the client, so that there is no session to resume
   */
  public static Optional<Boolean> resumes(
      String host, int port, String serverName, Optional<Identity> client, Duration limit) {
    SSLContext context = context(new CapturingTrustManager(), keys(client));
    Optional<Long> first = sessionStart(context, host, port, serverName, limit);
    Optional<Long> second = sessionStart(context, host, port, serverName, limit);
    return first.flatMap(start -> second.map(start::equals));
  }

  @SuppressWarnings("try") // The limit works by being open.
  private static Optional<Long> sessionStart(
      SSLContext context, String host, int port, String serverName, Duration limit) {
    try (Socket socket = new Socket();
        TotalLimit whole = TotalLimit.of(socket, limit.multipliedBy(WHOLE));
        SSLSocket tls = connect(context, socket, host, port, serverName, limit)) {
      tls.startHandshake();
      return firstWords(tls).isPresent()
          ? Optional.empty()
          : Optional.of(tls.getSession().getCreationTime());
    } catch (IOException e) {
      // Rejected; capture reports the reason.
      return Optional.empty();
    }
  }

  /**
   * Waits until a server serves the leaf with this serial number, for a server that is restarting.
   * Polls each second.
   *
   * @param limit for the whole
   * @throws MilvusTlsException after the limit, with the certificate that it serves instead
   */
  public static void awaitSerial(String host, int port, BigInteger serial, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      MilvusTlsException.Builder failure = notServed(host, port, serial);
      try {
        ServedChain served = take(host, port, host, Optional.empty(), ATTEMPT);
        if (served.chain().get(0).getSerialNumber().equals(serial)) {
          return;
        }
        failure.seen("serial " + served.chain().get(0).getSerialNumber().toString(16));
      } catch (IOException e) {
        failure.seen(reason(e)).cause(e);
      }
      if (System.nanoTime() >= deadline) {
        throw failure
            .next(
                "restart Milvus, which reads its certificate only at its start, or correct the"
                    + " endpoint; then run the command again")
            .build();
      }
      pause(host, port, serial);
    }
  }

  private static void pause(String host, int port, BigInteger serial) {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notServed(host, port, serial).seen("interrupted while waiting").cause(e).build();
    }
  }

  private static MilvusTlsException.Builder notServed(String host, int port, BigInteger serial) {
    return MilvusTlsException.failure(
        host + ":" + port + " does not serve the new certificate, serial " + serial.toString(16));
  }

  private static SSLSocket connect(
      SSLContext context, Socket socket, String host, int port, String serverName, Duration limit)
      throws IOException {
    int millis = Math.toIntExact(limit.toMillis());
    socket.connect(new InetSocketAddress(HostLookup.first(host, limit), port), millis);
    socket.setSoTimeout(millis);
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, serverName, port, false);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    if (serverName.matches(".*[a-zA-Z].*") && serverName.indexOf(':') < 0) {
      parameters.setServerNames(List.of(new SNIHostName(serverName)));
    }
    tls.setSSLParameters(parameters);
    return tls;
  }

  /**
   * In TLS 1.3 a client finishes before the server has checked its certificate. Only the server's
   * first application data, here its HTTP/2 SETTINGS, prove that it accepted the client.
   */
  private static Optional<String> firstWords(SSLSocket tls) throws IOException {
    tls.getOutputStream().write(HTTP2_PREFACE);
    tls.getOutputStream().flush();
    return tls.getInputStream().read() >= 0
        ? Optional.empty()
        : Optional.of("the server closed the connection after the handshake");
  }

  private static String refusal(IOException e) {
    return e instanceof SocketTimeoutException
        ? "no answer after the handshake: not a gRPC server, or a stuck one"
        : "the server ended the connection: " + e.getMessage();
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "no such host";
    }
    if (e instanceof SocketTimeoutException) {
      return "no answer within the time limit";
    }
    return e instanceof SSLException
        ? "there is no TLS server, or it does not speak TLS 1.2 or 1.3: " + e.getMessage()
        : "cannot connect: " + e.getMessage();
  }

  private static SSLContext context(CapturingTrustManager captured, ObservingKeyManager keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {captured}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has a context for TLS", e);
    }
  }

  private static ObservingKeyManager keys(Optional<Identity> client) {
    try {
      return new ObservingKeyManager(
          client.isPresent() ? keyManager(client.get().load()) : null, Clock.systemUTC());
    } catch (GeneralSecurityException | IOException e) {
      throw MilvusTlsException.failure("cannot use the client certificate and key")
          .cause(e)
          .build();
    }
  }

  private static X509ExtendedKeyManager keyManager(Identity.Pair pair)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", pair.key(), new char[0], pair.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
  }
}
