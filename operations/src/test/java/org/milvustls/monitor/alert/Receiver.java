package org.milvustls.monitor.alert;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver of HTTP on loopback that keeps what comes and answers what it is told to. */
public final class Receiver implements AutoCloseable {
  private record Answer(int status, String text, String location) {}

  /** One that came. */
  public record Request(String path, String query, String authorization, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private boolean endless;

  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer =
                next(
                    new Request(
                        exchange.getRequestURI().getPath(),
                        String.valueOf(exchange.getRequestURI().getQuery()),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                        body));
            if (!answer.location().isEmpty()) {
              exchange.getResponseHeaders().set("Location", answer.location());
            }
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), 0);
            OutputStream out = exchange.getResponseBody();
            out.write(text);
            out.flush();
            while (isEndless()) {
              Thread.sleep(20);
              out.write(' ');
              out.flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  private synchronized Answer next(Request request) {
    requests.add(request);
    return answers.isEmpty() ? new Answer(200, "ok", "") : answers.remove();
  }

  private synchronized boolean isEndless() {
    return endless;
  }

  public synchronized Receiver answering(int status, String text) {
    answers.add(new Answer(status, text, ""));
    return this;
  }

  synchronized Receiver redirecting(String location) {
    answers.add(new Answer(302, "", location));
    return this;
  }

  /** The text of the answer never ends. */
  synchronized Receiver neverEnding() {
    endless = true;
    return this;
  }

  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    synchronized (this) {
      endless = false;
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
