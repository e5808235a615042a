package org.milvustls.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the session entries in etcd, with which the parts of a Milvus find one another. A killed
 * server leaves them for {@code common.session.ttl} (30 s), and SIGTERM does not remove them
 * either. The next server on that data waits for their end before it answers a search (Milvus
 * 2.3.5, internal/util/sessionutil).
 */
final class EtcdSessions {
  private static final String FIRST = "by-dev/meta/session/";

  /** The first key after all that begin with {@link #FIRST}: '0' follows '/'. */
  private static final String END = "by-dev/meta/session0";

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(EtcdSessions.class);

  private EtcdSessions() {}

  /**
   * Removes the entries of a server right before it is killed. If that fails, the next server only
   * waits longer.
   *
   * @param port the client port of its etcd, on the loopback interface
   */
  static void end(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v3/kv/deleterange"))
            .timeout(LIMIT)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"key\":\"%s\",\"range_end\":\"%s\"}".formatted(base64(FIRST), base64(END))))
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(LIMIT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      LOG.debug("etcd answered {} {}", answer.statusCode(), answer.body());
    } catch (IOException e) {
      LOG.debug("the sessions in etcd were left to expire", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
