package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.HandshakeParser;

/**
 * Relays bytes between a client and a server, counts them and parses the handshake. Used only while
 * a cell is observed, never while it is measured. For one connection at a time.
 */
final class TcpRelay implements AutoCloseable {
  private static final int CONNECT_LIMIT_MILLIS = 5000;

  private final Endpoint server;
  private final ServerSocket listener;
  private volatile HandshakeParser parser = new HandshakeParser();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private TcpRelay(Endpoint server, ServerSocket listener) {
    this.server = server;
    this.listener = listener;
  }

  static TcpRelay to(Endpoint server) {
    try {
      ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      TcpRelay relay = new TcpRelay(server, listener);
      start("accept", relay::acceptAll);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on this machine", e);
    }
  }

  /** The endpoint of this relay, to use in place of the server. */
  Endpoint endpoint() {
    return server.at(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        // Counts and messages are of the last connection.
        parser = new HandshakeParser();
        sent.set(0);
        received.set(0);
        sockets.add(client);
        Socket upstream = new Socket();
        sockets.add(upstream);
        upstream.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_LIMIT_MILLIS);
        start("to-server", () -> pump(client, upstream, true));
        start("to-client", () -> pump(upstream, client, false));
      } catch (IOException e) {
        // Closed, or the server is gone: the client reports that.
        closeSockets();
      }
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, "relay-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pump(Socket from, Socket to, boolean fromClient) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        note(ByteBuffer.wrap(buffer, 0, n), fromClient);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side has closed; try-with-resources closes the other.
    }
  }

  private void note(ByteBuffer bytes, boolean fromClient) {
    (fromClient ? sent : received).addAndGet(bytes.remaining());
    HandshakeParser reader = parser;
    synchronized (reader) {
      if (fromClient) {
        reader.fromClient(bytes);
      } else {
        reader.fromServer(bytes);
      }
    }
  }

  /** Bytes so far, as the client sees them. */
  Wire wire() {
    return new Wire(sent.get(), received.get());
  }

  /** The parser of the handshake; the connection must be idle. */
  HandshakeParser parser() {
    HandshakeParser reader = parser;
    synchronized (reader) {
      return reader;
    }
  }

  private void closeSockets() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // Already closing.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // Already closing.
    }
    closeSockets();
  }
}
