package org.milvustls.scan;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.TlsAlert;

/**
 * Sends one ClientHello at a time and reads the answer up to the end of what the server says in the
 * clear. Counts its connections and stops at a bound, so that a scan stays gentle.
 */
final class Probe {
  private final String host;
  private final int port;
  private final Duration limit;
  private final int most;
  private int connections;

  /**
   * A probe of one listener.
   *
   * @param limit for connecting and for each answer
   * @param most connections in all
   */
  Probe(String host, int port, Duration limit, int most) {
    this.host = host;
    this.port = port;
    this.limit = limit;
    this.most = most;
  }

  /**
   * What a server answered.
   *
   * @param hello ServerHello or HelloRetryRequest
   * @param flight whether its first flight came to its end: then it could sign what it had to
   * @param alert the alert in its place
   * @param spoke whether anything came at all
   */
  record Answer(
      Optional<ServerHello> hello, boolean flight, Optional<TlsAlert> alert, boolean spoke) {

    /** What was chosen, if the version that was offered was taken. */
    Optional<ServerHello> chosen(Protocol protocol) {
      return hello.filter(said -> said.protocol().equals(protocol.jsseName()));
    }

    /** Why not, in the server's words. */
    String refusal() {
      return alert
          .map(said -> "alert " + said)
          .or(() -> hello.map(said -> "answers with " + said.protocol()))
          .orElse(spoke ? "closes the connection" : "says nothing");
    }
  }

  int connections() {
    return connections;
  }

  /** Whether the bound is reached: nothing more may be asked. */
  boolean isExhausted() {
    return connections >= most;
  }

  /**
   * Offers something.
   *
   * @throws MilvusTlsException when there is no connection to be had
   */
  Answer send(Offer offer) {
    connections++;
    HandshakeParser parser = new HandshakeParser();
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      try {
        socket.getOutputStream().write(offer.bytes());
        read(socket.getInputStream(), parser);
      } catch (IOException e) {
        // A reset or a time-out ends the answer; what came before is what counts.
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return new Answer(
        parser.serverHello().or(parser::retryRequest),
        parser.serverHelloDone() || isTls13(parser),
        parser.alert(),
        parser.serverSpoke());
  }

  private void read(InputStream in, HandshakeParser parser) throws IOException {
    byte[] buffer = new byte[8192];
    long end = System.nanoTime() + limit.toNanos();
    while (!isOver(parser) && System.nanoTime() - end < 0) {
      int length = in.read(buffer);
      if (length < 0) {
        return;
      }
      parser.fromServer(ByteBuffer.wrap(buffer, 0, length));
    }
  }

  private static boolean isOver(HandshakeParser parser) {
    return parser.alert().isPresent()
        || parser.notTls().isPresent()
        || parser.serverHelloDone()
        || parser.helloRetryRequest()
        || isTls13(parser);
  }

  private static boolean isTls13(HandshakeParser parser) {
    return parser
        .serverHello()
        .map(hello -> hello.protocol().equals(Protocol.TLS_1_3.jsseName()))
        .orElse(false);
  }

  private MilvusTlsException failure(IOException e) {
    String what =
        e instanceof UnknownHostException
            ? "no such host"
            : e instanceof SocketTimeoutException
                ? "no answer within " + limit.toSeconds() + " s"
                : "cannot connect: " + e.getMessage();
    return MilvusTlsException.failure(what)
        .seen(host + ":" + port)
        .next("check host and port, and that the server runs")
        .cause(e)
        .build();
  }
}
