package org.milvustls.scan;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.HandshakeParser;
import org.milvustls.tls.HostLookup;
import org.milvustls.tls.ServerHello;
import org.milvustls.tls.TlsAlert;
import org.milvustls.tls.TotalLimit;

/**
 * Sends one ClientHello at a time and reads the answer up to the end of its unencrypted part.
 * Limits its connections and its time, so that a scan stays gentle and ends.
 */
final class Probe {
  /** Limit of a whole scan, in time limits of one answer. */
  private static final int WHOLE = 20;

  private final String name;
  private final InetSocketAddress address;
  private final Duration limit;
  private final int most;
  private final long end;
  private int connections;
  private boolean answered;
  private boolean late;

  /**
   * A probe of one listener.
   *
   * @param limit for the lookup of its name, for the connection and for each whole answer
   * @param most largest number of connections
   * @throws MilvusTlsException when the host does not exist
   */
  Probe(String host, int port, Duration limit, int most) {
    this.name = host + ":" + port;
    this.limit = limit;
    this.most = most;
    this.end = System.nanoTime() + limit.multipliedBy(WHOLE).toNanos();
    try {
      InetAddress found = HostLookup.first(host, limit);
      this.address = new InetSocketAddress(found, port);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * The answer of a server.
   *
   * @param hello ServerHello or HelloRetryRequest
   * @param flight whether its first flight was complete, which proves that it could sign
   * @param alert the alert instead of a hello
   * @param late whether the time limit ended it
   */
  record Answer(
      Optional<ServerHello> hello, boolean flight, Optional<TlsAlert> alert, boolean late) {

    /** The choice, if the server accepted the offered version. */
    Optional<ServerHello> chosen(Protocol protocol) {
      return hello.filter(said -> said.protocol().equals(protocol.jsseName()));
    }

    /** The reason of a refusal, from the server's answer. */
    String refusal() {
      return alert
          .map(said -> "alert " + said)
          .or(() -> hello.map(said -> "answers with " + said.protocol()))
          .orElse(late ? "no whole answer in time" : "closes the connection");
    }
  }

  int connections() {
    return connections;
  }

  /** Whether a limit is reached: no more offers are allowed. */
  boolean isExhausted() {
    return connections >= most || System.nanoTime() - end >= 0;
  }

  /** Whether no answer was complete yet and one timed out, so that others would too. */
  boolean isStuck() {
    return late && !answered;
  }

  /**
   * Sends an offer and reads the answer.
   *
   * @throws MilvusTlsException when no connection is possible
   */
  @SuppressWarnings("try") // The open resource enforces the limit.
  Answer send(Offer offer) {
    connections++;
    HandshakeParser parser = new HandshakeParser();
    boolean ended = false;
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.connect(address, millis);
      // Closes the socket at the time limit, however slowly bytes arrive.
      try (TotalLimit whole = TotalLimit.of(socket, limit)) {
        exchange(socket, offer, parser);
        ended = whole.hasPassed();
      }
    } catch (IOException e) {
      throw failure(e);
    }
    Answer answer =
        new Answer(
            parser.serverHello().or(parser::retryRequest),
            parser.serverHelloDone() || isTls13(parser),
            parser.alert(),
            ended);
    answered |= answer.hello().isPresent() || answer.alert().isPresent();
    late |= ended;
    return answer;
  }

  private static void exchange(Socket socket, Offer offer, HandshakeParser parser) {
    try {
      socket.getOutputStream().write(offer.bytes());
      read(socket.getInputStream(), parser);
    } catch (IOException e) {
      // A reset or the limit ends the answer; the bytes before it count.
    }
  }

  private static void read(InputStream in, HandshakeParser parser) throws IOException {
    byte[] buffer = new byte[8192];
    while (!isOver(parser)) {
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
        .seen(name)
        .next("check host and port, and that the server runs")
        .cause(e)
        .build();
  }
}
