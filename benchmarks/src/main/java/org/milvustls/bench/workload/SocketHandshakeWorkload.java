package org.milvustls.bench.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.tls.NegotiatedSession;

/**
 * A handshake with Milvus over a TCP connection of its own, without gRPC. Engine and socket run on
 * the calling thread, the same for every provider. The operation ends with the first byte of HTTP/2
 * that Milvus sends, its SETTINGS. In mode mutual with TLS 1.3 the client finishes before the
 * server checks its certificate; that byte is the proof that it was accepted. The parts are {@code
 * tcp}, {@code tls} (up to the end of the client's handshake) and {@code http2} (up to that byte).
 * Closing is not in the time.
 */
final class SocketHandshakeWorkload implements Workload {
  private static final List<String> PARTS = List.of("tcp", "tls", "http2");
  private static final int LIMIT_MILLIS = 10_000;

  /** Limit of reads for a handshake and the first frame; a small multiple of the usual number. */
  private static final int READS = 100;

  private final Cell cell;
  private final Endpoint endpoint;
  private final String host;
  private final HandshakeClient client;
  private final EngineSide side;
  private final byte[] buffer = new byte[1 << 15];
  private final long[] parts = new long[PARTS.size()];

  private SocketHandshakeWorkload(
      Cell cell, Endpoint endpoint, String host, HandshakeClient client) {
    this.cell = cell;
    this.endpoint = endpoint;
    this.host = host;
    this.client = client;
    this.side = new EngineSide(client.direct(), client::enter, client::leave);
  }

  static SocketHandshakeWorkload open(
      Cell cell, Endpoint endpoint, Optional<Credentials> credentials) {
    Credentials files = Connections.needed(credentials);
    HandshakeClient client =
        HandshakeClients.of(cell, Connections.trust(files), Connections.identity(files));
    return new SocketHandshakeWorkload(
        cell, endpoint, files.serverName().orElse(endpoint.host()), client);
  }

  @Override
  public Observation observe() {
    try (TcpRelay relay = TcpRelay.to(endpoint)) {
      SSLEngine engine = handshake(relay.endpoint());
      try {
        NegotiatedSession seen = Facts.negotiated(client.describe(), engine, relay.parser());
        Facts.require(cell, seen);
        Facts.requireNoWastedKey(cell, relay.parser());
        return new Observation(Optional.of(seen), Optional.of(relay.wire()));
      } finally {
        client.release(engine);
      }
    }
  }

  @Override
  public long perform() {
    SSLEngine engine = handshake(endpoint);
    try {
      Facts.requireCheaply(cell, engine);
    } finally {
      client.release(engine);
    }
    return parts[0] + parts[1] + parts[2];
  }

  /**
   * Connects and carries out one handshake.
   *
   * @return the client's engine, to be released
   */
  private SSLEngine handshake(Endpoint to) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MILLIS);
      long start = System.nanoTime();
      socket.connect(new InetSocketAddress(to.host(), to.port()), LIMIT_MILLIS);
      long connected = System.nanoTime();
      parts[0] = connected - start;
      return handshake(socket, connected);
    } catch (SSLException e) {
      throw WorkloadException.handshake(cell, e);
    } catch (IOException e) {
      throw new WorkloadException(
          cell + ": " + to.host() + ":" + to.port() + ": " + e.getMessage(), e);
    }
  }

  private SSLEngine handshake(Socket socket, long connected) throws IOException {
    SSLEngine engine = side.begin(() -> client.newEngine(host));
    boolean finished = false;
    try {
      long secured = exchange(socket.getInputStream(), socket.getOutputStream());
      parts[2] = System.nanoTime() - secured;
      parts[1] = secured - connected;
      finished = true;
      return engine;
    } finally {
      if (!finished) {
        client.release(engine);
      }
    }
  }

  /**
   * Transfers bytes until Milvus has sent its first byte of HTTP/2.
   *
   * @return when the client's handshake was finished
   */
  private long exchange(InputStream in, OutputStream out) throws IOException {
    long secured = 0;
    for (int i = 0; i < READS; i++) {
      side.advance();
      int length = side.take(buffer);
      if (length > 0) {
        out.write(buffer, 0, length);
      }
      if (secured == 0 && side.finished()) {
        secured = System.nanoTime();
      }
      if (secured != 0 && side.hasHeard()) {
        return secured;
      }
      int received = in.read(buffer);
      if (received < 0) {
        throw new SSLException("Milvus closed the connection");
      }
      side.receive(buffer, received);
    }
    throw new SSLException("not finished after " + READS + " segments");
  }

  @Override
  public List<String> parts() {
    return PARTS;
  }

  @Override
  public long lastPart(int index) {
    return parts[index];
  }

  @Override
  public void close() {
    client.close();
  }
}
