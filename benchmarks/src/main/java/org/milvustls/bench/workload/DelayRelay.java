package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Relays bytes with a fixed delay: {@code java DelayRelay HOST PORT MICROS}. It is a process of its
 * own, so that its CPU counts for neither side. It prints its port and ends when its standard input
 * ends, so it never outlives its parent. Bandwidth is not limited. TCP's own handshake is between
 * the client and this process and is not delayed.
 */
final class DelayRelay {
  private static final int CONNECT_LIMIT_MILLIS = 5000;
  private static final int BUFFER = 1 << 16;

  private final InetSocketAddress server;
  private final long delayNanos;

  private DelayRelay(InetSocketAddress server, long delayNanos) {
    this.server = server;
    this.delayNanos = delayNanos;
  }

  /** Bytes with the time at which they are due; no bytes: the end. */
  private record Chunk(ByteBuffer bytes, long due) {}

  public static void main(String[] args) throws IOException {
    DelayRelay relay =
        new DelayRelay(
            new InetSocketAddress(args[0], Integer.parseInt(args[1])),
            Long.parseLong(args[2]) * 1000);
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon("accept", () -> relay.accept(listener));
    PrintStream out = System.out;
    out.println(listener.getLocalPort());
    out.flush();
    while (System.in.read() >= 0) {
      // Waits for the end of the stream; any input is ignored.
    }
    System.exit(0);
  }

  private void accept(ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket upstream = new Socket();
      try {
        upstream.connect(server, CONNECT_LIMIT_MILLIS);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        pass(client, upstream);
        pass(upstream, client);
      } catch (IOException e) {
        // The server is gone: ends the client's connection too.
        client.close();
        upstream.close();
      }
    }
  }

  private void pass(Socket from, Socket to) {
    BlockingQueue<Chunk> queue = new LinkedBlockingQueue<>();
    daemon("read", () -> read(from, queue));
    daemon("write", () -> write(queue, to));
  }

  private void read(Socket from, BlockingQueue<Chunk> queue) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        queue.add(
            new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, n)), System.nanoTime() + delayNanos));
      }
    } finally {
      queue.add(new Chunk(ByteBuffer.allocate(0), System.nanoTime() + delayNanos));
    }
  }

  private static void write(BlockingQueue<Chunk> queue, Socket to)
      throws IOException, InterruptedException {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = queue.take(); chunk.bytes().hasRemaining(); chunk = queue.take()) {
        awaitDue(chunk.due());
        out.write(chunk.bytes().array());
      }
    }
  }

  private static void awaitDue(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One end has closed; closes the other too.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "delay-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
