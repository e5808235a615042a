package org.milvustls.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Checks whether a Milvus is ready, and waits for it. */
final class Readiness {
  private static final int TRY_MILLIS = 2_000;

  /** Pause between polls: Milvus has no event for readiness. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** StateCode of Milvus, common.proto. */
  private static final int HEALTHY = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The result of waiting. */
  enum Outcome {
    READY,
    DIED,
    TIMED_OUT
  }

  private Readiness() {}

  /** Waits until the server is ready or has ended, up to the limit. */
  static Outcome await(
      String host, int port, int metricsPort, BooleanSupplier alive, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      if (!alive.getAsBoolean()) {
        return Outcome.DIED;
      }
      if (isHealthy(host, metricsPort) && accepts(host, port)) {
        // Another process may own the ports: a dead server is never ready.
        return alive.getAsBoolean() ? Outcome.READY : Outcome.DIED;
      }
      if (System.nanoTime() >= end) {
        return Outcome.TIMED_OUT;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /**
   * Whether {@code /healthz} answers OK and lists the proxy. It checks the registered components
   * only, and answers OK before the first has registered (internal/http/healthz of Milvus). A
   * plain-text answer, as some versions always send, counts as it is.
   */
  static boolean isHealthy(String host, int metricsPort) {
    HttpURLConnection connection = null;
    try {
      connection =
          (HttpURLConnection)
              URI.create("http://" + host + ":" + metricsPort + "/healthz")
                  .toURL()
                  .openConnection(java.net.Proxy.NO_PROXY);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setConnectTimeout(TRY_MILLIS);
      connection.setReadTimeout(TRY_MILLIS);
      try (InputStream body = connection.getInputStream()) {
        String text = new String(body.readNBytes(1 << 14), StandardCharsets.UTF_8);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK && saysReady(text);
      }
    } catch (IOException e) {
      return false;
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  private static boolean saysReady(String text) throws JsonProcessingException {
    if (!text.startsWith("{")) {
      return text.contains("OK");
    }
    for (JsonNode component : JSON.readTree(text).path("detail")) {
      if (component.path("name").asText().equals("proxy")) {
        return component.path("code").asInt() == HEALTHY;
      }
    }
    return false;
  }

  /** Whether a listener accepts TCP connections there. */
  static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TRY_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
