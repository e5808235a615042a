package org.milvustls.monitor.watch;

import com.sun.net.httpserver.HttpExchange;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.milvustls.MilvusTlsException;

/**
 * An HTTP server with {@code /metrics} for Prometheus and {@code /healthz} for service managers.
 */
final class WatchServer implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private final HTTPServer server;
  private final ExecutorService threads;

  private WatchServer(HTTPServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  static WatchServer start(String host, int port, WatchMetrics metrics, Health health) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "monitor-http");
              thread.setDaemon(true);
              return thread;
            });
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getByName(host))
              .port(port)
              .executorService(threads)
              .registry(metrics.registry())
              .defaultHandler(exchange -> answer(exchange, health))
              .buildAndStart();
      return new WatchServer(server, threads);
    } catch (IOException e) {
      threads.shutdownNow();
      throw MilvusTlsException.failure("cannot serve metrics: " + e.getMessage())
          .seen(host + ":" + port)
          .next("choose another address with --listen HOST:PORT")
          .cause(e)
          .build();
    }
  }

  private static void answer(HttpExchange exchange, Health health) throws IOException {
    try (exchange) {
      boolean known = exchange.getRequestURI().getPath().equals("/healthz");
      String text = known ? health.text() : "see /metrics and /healthz\n";
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(
          known ? health.isHealthy() ? OK : UNAVAILABLE : NOT_FOUND, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.stop();
    threads.shutdownNow();
  }
}
