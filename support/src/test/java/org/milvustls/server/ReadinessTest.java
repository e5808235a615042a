package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessTest {
  private static final String LOOPBACK = "127.0.0.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "before any component has registered  | 200 | {'state':'OK','detail':null} | false",
        "without the proxy                    | 200 | {'state':'OK','detail':[{'name':'rootcoord','code':1}]} | false",
        "with the proxy                       | 200 | {'state':'OK','detail':[{'name':'rootcoord','code':1},{'name':'proxy','code':1}]} | true",
        "while the proxy is starting          | 500 | {'state':'component proxy state is Abnormal','detail':[{'name':'proxy','code':2}]} | false",
        "of a version that answers in text    | 200 | OK | true",
        "in text that says what is missing    | 500 | component proxy state is Abnormal | false",
        "that is cut off                      | 200 | {'state':'OK','detail':[{'name' | false"
      },
      quoteCharacter = '`')
  void an_answer_counts_once_the_proxy_is_in_it(String what, int code, String body, boolean healthy)
      throws IOException {
    byte[] answer = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/healthz",
        exchange -> {
          assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
              .isEqualTo("application/json");
          exchange.sendResponseHeaders(code, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      assertThat(Readiness.isHealthy(LOOPBACK, server.getAddress().getPort()))
          .as(what)
          .isEqualTo(healthy);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void nobody_there_is_not_healthy() throws IOException {
    int free;
    try (java.net.ServerSocket socket =
        new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(Readiness.isHealthy(LOOPBACK, free)).isFalse();
  }
}
