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
 * Sends one ClientHello at a time and reads the answer up to the end of what the server says in the
 * clear. Counts its connections and its time and stops at a bound, so that a scan stays gentle and
 * ends.
 */
final class Probe {
  /** A whole scan takes at most so many limits, however slow each answer is. */
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
   * @param limit for the lookup of its name, for connecting and for each whole answer
   * @param most connections in all
   * @throws MilvusTlsException when there is no such host
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
   * What a server answered.
   *
   * @param hello ServerHello or HelloRetryRequest
   * @param flight whether its first flight came to its end: then it could sign what it had to
   * @param alert the alert in its place
   * @param late whether the limit ended it
   */
  record Answer(
      Optional<ServerHello> hello, boolean flight, Optional<TlsAlert> alert, boolean late) {

    /** What was chosen, if the version that was offered was taken. */
    Optional<ServerHello> chosen(Protocol protocol) {
      return hello.filter(said -> said.protocol().equals(protocol.jsseName()));
    }

    /** Why not, in the server's words. */
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

  /** Whether a bound is reached: nothing more may be asked. */
  boolean isExhausted() {
    return connections >= most || System.nanoTime() - end >= 0;
  }

  /** Whether there was no whole answer yet, and one did not come in time: nor will others. */
  boolean isStuck() {
    return late && !answered;
  }

  /**
   * Offers something.
   *
   * @throws MilvusTlsException when there is no connection to be had
   */
  @SuppressWarnings("try") // The limit works by being open.
  Answer send(Offer offer) {
    connections++;
    HandshakeParser parser = new HandshakeParser();
    boolean ended = false;
    try (Socket socket = new Socket()) {
      int millis = Math.toIntExact(limit.toMillis());
      socket.connect(address, millis);
      // Closes the socket in time, whatever comes how slowly.
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
      // A reset or the limit ends the answer; what came before is what counts.
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
