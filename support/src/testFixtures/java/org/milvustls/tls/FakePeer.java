package org.milvustls.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A listener on a port of its own with one fixed behaviour. */
public final class FakePeer implements AutoCloseable {
  private static final byte[] HTTP2_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  private final ServerSocket listener;
  private final CopyOnWriteArrayList<Socket> open = new CopyOnWriteArrayList<>();

  /** The handling of one connection. */
  private interface Behaviour {
    void with(Socket socket) throws IOException;
  }

  private FakePeer(Behaviour behaviour) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
    Thread thread = new Thread(() -> serve(behaviour), "fake-peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** A TLS server that sends HTTP/2 SETTINGS after the handshake. */
  public static FakePeer tls(Identity identity) {
    return tls(identity, UnaryOperator.identity());
  }

  /** The same with changed parameters. The defaults are ALPN h2 and all protocols. */
  public static FakePeer tls(Identity identity, UnaryOperator<SSLParameters> change) {
    SSLSocketFactory factory = factory(identity);
    return new FakePeer(
        socket -> {
          SSLSocket tls = (SSLSocket) factory.createSocket(socket, null, true);
          tls.setUseClientMode(false);
          SSLParameters parameters = tls.getSSLParameters();
          parameters.setApplicationProtocols(new String[] {"h2"});
          tls.setSSLParameters(change.apply(parameters));
          tls.startHandshake();
          tls.getOutputStream().write(HTTP2_SETTINGS);
          drain(tls);
        });
  }

  /** Accepts and reads, and sends nothing. */
  public static FakePeer silent() {
    return new FakePeer(FakePeer::drain);
  }

  /** Reads the first bytes and closes. */
  public static FakePeer closing() {
    return new FakePeer(socket -> socket.getInputStream().read());
  }

  /** Reads the first bytes and resets the connection. */
  public static FakePeer resetting() {
    return new FakePeer(
        socket -> {
          socket.setSoLinger(true, 0);
          socket.getInputStream().read();
        });
  }

  /** Reads the first bytes, sends these bytes, and continues to read. */
  public static FakePeer saying(byte[] words) {
    return new FakePeer(
        socket -> {
          socket.getInputStream().read();
          socket.getOutputStream().write(words);
          drain(socket);
        });
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void serve(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread thread = new Thread(() -> one(behaviour, socket), "fake-peer-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void one(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.with(socket);
    } catch (IOException expected) {
      // The client of the test gave up, as expected.
    }
  }

  private static void drain(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[4096];
    int length = in.read(buffer);
    while (length >= 0) {
      length = in.read(buffer);
    }
  }

  private static SSLSocketFactory factory(Identity identity) {
    try {
      TlsMaterial material =
          TlsMaterial.load(Optional.empty(), Optional.of(identity), Clock.systemUTC());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {material.keyManager()}, new TrustManager[0], null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has TLS", e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot close", e);
    }
  }
}
