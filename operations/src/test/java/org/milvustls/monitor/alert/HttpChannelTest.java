package org.milvustls.monitor.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HttpChannelTest {
  private static final Delivery AT_ONCE = new Delivery(List.of(Duration.ZERO, Duration.ZERO));
  private final Receiver receiver = new Receiver();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private AlertChannel channel(AlertChannelType type) {
    return channel(type, Map.of());
  }

  private AlertChannel channel(AlertChannelType type, Map<String, String> secrets) {
    Map<String, String> values = new HashMap<>(secrets);
    values.putIfAbsent("url-env", receiver.url("/hook?token=s3cret"));
    return Channels.open(type, Duration.ofMinutes(2), values);
  }

  private static Optional<String> deliver(AlertChannel channel) throws Exception {
    return AT_ONCE.deliver(channel, Situations.message());
  }

  private JsonNode received() throws Exception {
    assertThat(receiver.requests()).hasSize(1);
    return new ObjectMapper().readTree(receiver.requests().get(0).body());
  }

  @Nested
  class A_webhook {
    @Test
    void gets_json_as_alertmanager_sends_it_with_the_token() throws Exception {
      AlertChannel channel = channel(new WebhookType(), Map.of("token-env", "bearer-token"));
      assertThat(deliver(channel)).isEmpty();
      JsonNode root = received();
      assertThat(root.path("version").asText()).isEqualTo("4");
      assertThat(root.path("status").asText()).isEqualTo("firing");
      JsonNode alert = root.path("alerts").path(0);
      assertThat(alert.path("status").asText()).isEqualTo("firing");
      assertThat(alert.path("labels").path("target").asText()).isEqualTo("certs@localhost:19530");
      assertThat(alert.path("labels").path("severity").asText()).isEqualTo("warning");
      assertThat(alert.path("annotations").path("summary").asText()).contains("测试");
      assertThat(alert.path("findings").path(0).path("id").asText())
          .isEqualTo("renewed-not-served");
      assertThat(receiver.requests().get(0).authorization()).isEqualTo("Bearer bearer-token");
    }

    @Test
    void gets_this_json_and_nothing_else() throws Exception {
      assertThat(deliver(channel(new WebhookType()))).isEmpty();
      assertThat(received())
          .isEqualTo(
              new ObjectMapper()
                  .readTree(
                      """
                      {"version": "4", "receiver": "milvus-tls", "status": "firing",
                       "groupKey": "milvus-tls", "truncatedAlerts": 0, "externalURL": "",
                       "groupLabels": {"alertname": "MilvusTlsTarget"},
                       "commonLabels": {"alertname": "MilvusTlsTarget"},
                       "commonAnnotations": {},
                       "alerts": [{
                         "status": "firing",
                         "labels": {"alertname": "MilvusTlsTarget",
                           "target": "certs@localhost:19530", "severity": "warning"},
                         "annotations": {
                           "summary": "OK -> WARNING certs@localhost:19530: serial 1 is in <certs>, but serial 2 is served: 测试",
                           "state": "WARNING", "kind": "firing", "before": "OK"},
                         "findings": [{"id": "renewed-not-served", "state": "WARNING",
                           "detail": "restart Milvus"}],
                         "startsAt": "2026-03-01T12:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
                         "generatorURL": "", "fingerprint": "%s"}]}
                      """
                          .formatted(Integer.toHexString("certs@localhost:19530".hashCode()))));
    }

    @Test
    void that_redirects_is_not_followed_and_not_tried_again() throws Exception {
      try (Receiver elsewhere = new Receiver()) {
        receiver.redirecting(elsewhere.url("/"));
        assertThat(deliver(channel(new WebhookType())))
            .contains(
                "127.0.0.1 answered 302, a redirect to "
                    + elsewhere.url("/")
                    + ", which is not followed: put the address of the receiver itself into the"
                    + " file");
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(receiver.requests()).hasSize(1);
      }
    }

    @Test
    void that_is_overloaded_is_tried_again() throws Exception {
      receiver.answering(503, "later").answering(429, "slower");
      assertThat(deliver(channel(new WebhookType()))).isEmpty();
      assertThat(receiver.requests()).hasSize(3);
    }

    @Test
    void that_stays_overloaded_is_given_up() throws Exception {
      receiver.answering(503, "a").answering(503, "b").answering(503, "c");
      assertThat(deliver(channel(new WebhookType())))
          .contains("127.0.0.1 answered 503: c (3 attempts)");
    }

    @Test
    void that_refuses_is_not_tried_again() throws Exception {
      receiver.answering(403, "no");
      assertThat(deliver(channel(new WebhookType()))).contains("127.0.0.1 answered 403: no");
      assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void that_is_not_there_is_told_without_its_token() throws Exception {
      int port;
      try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = closed.getLocalPort();
      }
      AlertChannel channel =
          channel(
              new WebhookType(), Map.of("url-env", "http://127.0.0.1:" + port + "/?token=s3cret"));
      assertThat(deliver(channel))
          .hasValueSatisfying(
              why ->
                  assertThat(why)
                      .startsWith("127.0.0.1 cannot be reached: ")
                      .endsWith("(3 attempts)")
                      .doesNotContain("s3cret"));
    }

    @Test
    void that_says_nothing_or_never_ends_is_given_up_in_time() throws Exception {
      try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        assertThat(impatient("http://127.0.0.1:" + silent.getLocalPort() + "/"))
            .hasValueSatisfying(why -> assertThat(why).contains("127.0.0.1 "));
      }
      receiver.neverEnding();
      assertThat(impatient(receiver.url("/")))
          .contains("127.0.0.1 gave no whole answer within 300 ms");
    }

    private static Optional<String> impatient(String url) throws InterruptedException {
      AlertChannel channel = Channels.webhook(url, Duration.ofMillis(300));
      return new Delivery(List.of()).deliver(channel, Situations.message());
    }
  }

  @Nested
  class Slack {
    @Test
    void gets_text_whose_markup_is_escaped() throws Exception {
      assertThat(deliver(channel(new SlackType()))).isEmpty();
      assertThat(received().path("text").asText())
          .startsWith("*milvus-tls*\nOK -&gt; WARNING certs@localhost:19530: ")
          .contains("&lt;certs&gt;");
    }

    @Test
    void gets_this_json_and_nothing_else() throws Exception {
      assertThat(deliver(channel(new SlackType()))).isEmpty();
      assertThat(receiver.requests().get(0).body())
          .isEqualTo(
              "{\"text\":\"*milvus-tls*\\nOK -&gt; WARNING certs@localhost:19530: serial 1 is in"
                  + " &lt;certs&gt;, but serial 2 is served: 测试\"}");
    }

    @Test
    void says_no_with_a_status() throws Exception {
      receiver.answering(404, "no_service");
      assertThat(deliver(channel(new SlackType()))).contains("127.0.0.1 answered 404: no_service");
    }
  }

  @Nested
  class Ding_talk {
    @Test
    void gets_signed_text_and_takes_it_with_errcode_0() throws Exception {
      receiver.answering(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
      AlertChannel channel =
          channel(
              new DingTalkType(),
              Map.of(
                  "url-env", receiver.url("/robot/send?access_token=t"), "secret-env", "SECkey"));
      assertThat(deliver(channel)).isEmpty();
      assertThat(received().path("text").path("content").asText()).startsWith("milvus-tls\n");
      String query = receiver.requests().get(0).query();
      String millis = query.replaceAll(".*timestamp=(\\d+).*", "$1");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("SECkey".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String expected =
          Base64.getEncoder()
              .encodeToString(mac.doFinal((millis + "\nSECkey").getBytes(StandardCharsets.UTF_8)));
      assertThat(query).startsWith("access_token=t&timestamp=");
      assertThat(URLDecoder.decode(query.replace("+", "%2B"), StandardCharsets.UTF_8))
          .endsWith("&sign=" + expected);
    }

    @Test
    void gets_this_json_and_nothing_else() throws Exception {
      receiver.answering(200, "{\"errcode\":0}");
      assertThat(deliver(channel(new DingTalkType()))).isEmpty();
      assertThat(receiver.requests().get(0).body())
          .isEqualTo(
              "{\"msgtype\":\"text\",\"text\":{\"content\":\"milvus-tls\\nOK -> WARNING"
                  + " certs@localhost:19530: serial 1 is in <certs>, but serial 2 is served: 测试\"}}");
      assertThat(receiver.requests().get(0).query()).isEqualTo("token=s3cret");
      assertThat(receiver.requests().get(0).authorization()).isEqualTo("null");
    }

    @Test
    void answers_200_and_means_no() throws Exception {
      receiver.answering(200, "{\"errcode\":310000,\"errmsg\":\"keywords not in content\"}");
      assertThat(deliver(channel(new DingTalkType())))
          .contains("errcode 310000, keywords not in content");
      assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void that_is_busy_is_tried_again() throws Exception {
      receiver
          .answering(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}")
          .answering(200, "{\"errcode\":0,\"errmsg\":\"ok\"}");
      assertThat(deliver(channel(new DingTalkType()))).isEmpty();
      assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void that_answers_with_something_else_is_no_ding_talk() throws Exception {
      receiver.answering(200, "<html>").answering(200, "{}");
      assertThat(deliver(channel(new DingTalkType())))
          .contains("the answer is not DingTalk's: not JSON");
      assertThat(deliver(channel(new DingTalkType())))
          .contains("the answer is not DingTalk's: no errcode");
    }
  }

  @Test
  void a_secret_is_not_shown() {
    assertThat(Secret.open("s3cret")).hasToString("Secret[hidden]");
    assertThatThrownBy(() -> new Message(Situations.NOW, List.of()))
        .hasMessage("a message has at least one alert");
  }
}
