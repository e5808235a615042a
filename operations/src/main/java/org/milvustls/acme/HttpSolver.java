package org.milvustls.acme;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;

/** An HTTP listener that answers only http-01 challenges. */
final class HttpSolver implements ChallengeSolver {
  private static final String PATH = "/.well-known/acme-challenge/";

  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  /** Starts to listen, so that a port in use is detected before any request to the CA. */
  HttpSolver(int port) {
    try {
      this.server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw MilvusTlsException.failure(
              "cannot listen for the CA's challenge (" + e.getMessage() + ")")
          .seen("port " + port)
          .next(
              "end what listens there, or let --http-port name another port to which port 80 is"
                  + " forwarded, or use --challenge dns-01")
          .cause(e)
          .build();
    }
    server.createContext(PATH, this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String token = exchange.getRequestURI().getPath().substring(PATH.length());
      @Nullable String answer = answers.get(token);
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public Optional<? extends Challenge> answer(Authorization authorization) {
    Optional<Http01Challenge> challenge = authorization.findChallenge(Http01Challenge.class);
    challenge.ifPresent(each -> answers.put(each.getToken(), each.getAuthorization()));
    return challenge;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
