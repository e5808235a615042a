package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.ClientHello;
import org.milvustls.tls.HandshakeParser;

/**
 * Passes every connection on, and what chosen clients send later than it came: each of their bytes
 * by the same time, however it was cut into pieces. The harness knows nothing of it.
 */
final class SlowRelay implements AutoCloseable {
  private static final int CONNECT_LIMIT_MILLIS = 5000;

  /** Bytes and when they are due by the monotonic clock, in ns; no bytes: the end. */
  private record Piece(ByteBuffer bytes, long due) {
    private static final Piece END = new Piece(ByteBuffer.allocate(0), 0);

    boolean isEnd() {
      return !bytes.hasRemaining();
    }
  }

  private final Endpoint server;
  private final long delayNanos;
  private final Predicate<ClientHello> chosen;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private SlowRelay(
      Endpoint server, Duration delay, Predicate<ClientHello> chosen, ServerSocket listener) {
    this.server = server;
    this.delayNanos = delay.toNanos();
    this.chosen = chosen;
    this.listener = listener;
  }

  /** Listens on loopback until it is closed. */
  static SlowRelay to(Endpoint server, Duration delay, Predicate<ClientHello> chosen)
      throws IOException {
    SlowRelay relay =
        new SlowRelay(
            server, delay, chosen, new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    start(relay::acceptAll);
    return relay;
  }

  Endpoint endpoint() {
    return server.at(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "slow-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket();
        sockets.addAll(List.of(client, upstream));
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        upstream.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_LIMIT_MILLIS);
        pass(client, upstream, true);
        pass(upstream, client, false);
      } catch (IOException e) {
        // Closed, or the server is gone: the client will say so.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean fromClient) {
    BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    start(() -> read(from, pieces, fromClient));
    start(() -> write(to, pieces));
  }

  private void read(Socket from, BlockingQueue<Piece> pieces, boolean fromClient) {
    HandshakeParser parser = new HandshakeParser();
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, n));
        if (fromClient && parser.clientHello().isEmpty()) {
          parser.fromClient(bytes.duplicate());
        }
        boolean late = fromClient && parser.clientHello().filter(chosen).isPresent();
        pieces.add(new Piece(bytes, System.nanoTime() + (late ? delayNanos : 0)));
      }
    } catch (IOException e) {
      // One of the two has closed.
    }
    pieces.add(Piece.END);
  }

  private static void write(Socket to, BlockingQueue<Piece> pieces) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Piece piece = take(pieces); !piece.isEnd(); piece = take(pieces)) {
        for (long left = piece.due() - System.nanoTime();
            left > 0;
            left = piece.due() - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        out.write(piece.bytes().array());
      }
    } catch (IOException e) {
      // One of the two has closed.
    }
  }

  private static Piece take(BlockingQueue<Piece> pieces) {
    try {
      Piece piece = pieces.poll(1, TimeUnit.MINUTES);
      return piece == null ? Piece.END : piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Piece.END;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
