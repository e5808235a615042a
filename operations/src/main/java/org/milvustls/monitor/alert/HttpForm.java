package org.milvustls.monitor.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import org.milvustls.monitor.State;

/** The message formats of HTTP receivers, with the check of their answers. */
enum HttpForm {
  /** JSON in the format of Alertmanager's webhook, version 4, which many receivers support. */
  WEBHOOK {
    @Override
    ObjectNode body(Message message) {
      ObjectNode root = JSON.createObjectNode().put("version", "4").put("receiver", "milvus-tls");
      boolean firing = message.alerts().stream().anyMatch(HttpForm::isFiring);
      root.put("status", firing ? "firing" : "resolved").put("groupKey", "milvus-tls");
      root.put("truncatedAlerts", 0).put("externalURL", "");
      root.putObject("groupLabels").put("alertname", ALERT);
      root.putObject("commonLabels").put("alertname", ALERT);
      root.putObject("commonAnnotations");
      ArrayNode alerts = root.putArray("alerts");
      message.alerts().forEach(alert -> alert(alerts.addObject(), message, alert));
      return root;
    }
  },
  /** An incoming webhook of Slack; Mattermost and Rocket.Chat accept the same format. */
  SLACK {
    @Override
    ObjectNode body(Message message) {
      // The three control characters of Slack's markup.
      String text = message.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      return JSON.createObjectNode().put("text", "*milvus-tls*\n" + text);
    }
  },
  /** A custom robot of DingTalk. Each message contains "milvus-tls", for its keyword filter. */
  DINGTALK {
    @Override
    ObjectNode body(Message message) {
      ObjectNode root = JSON.createObjectNode().put("msgtype", "text");
      root.putObject("text").put("content", "milvus-tls\n" + message.text());
      return root;
    }

    /** DingTalk always answers 200; {@code errcode} counts. */
    @Override
    void check(String answer) throws UndeliveredException {
      JsonNode code;
      JsonNode read;
      try {
        read = JSON.readTree(answer);
        code = read.path("errcode");
      } catch (JsonProcessingException e) {
        throw UndeliveredException.forGood("the answer is not DingTalk's: not JSON");
      }
      if (!code.isInt()) {
        throw UndeliveredException.forGood("the answer is not DingTalk's: no errcode");
      }
      if (code.intValue() != 0) {
        String why = "errcode " + code.intValue() + ", " + read.path("errmsg").asText();
        throw DINGTALK_BUSY.contains(code.intValue())
            ? UndeliveredException.forNow(why, null)
            : UndeliveredException.forGood(why);
      }
    }
  };

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALERT = "MilvusTlsTarget";

  /** System busy; sends too fast. */
  private static final Set<Integer> DINGTALK_BUSY = Set.of(-1, 130101);

  abstract ObjectNode body(Message message);

  /** Checks that the text of a 2xx answer confirms the message. */
  void check(String answer) throws UndeliveredException {}

  private static boolean isFiring(Alert alert) {
    return alert.kind() == Alert.Kind.FIRING || alert.kind() == Alert.Kind.REPEATED;
  }

  private static void alert(ObjectNode node, Message message, Alert alert) {
    boolean firing = isFiring(alert);
    node.put("status", firing ? "firing" : "resolved");
    ObjectNode labels = node.putObject("labels").put("alertname", ALERT);
    labels.put("target", alert.target());
    labels.put("severity", severity(alert.state()));
    ObjectNode annotations = node.putObject("annotations").put("summary", alert.line());
    annotations.put("state", alert.state().name());
    annotations.put("kind", alert.kind().name().toLowerCase(Locale.ROOT));
    alert.before().ifPresent(was -> annotations.put("before", was.name()));
    ArrayNode findings = node.putArray("findings");
    alert
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("id", finding.id())
                    .put("state", finding.state().name())
                    .put("detail", finding.detail()));
    node.put("startsAt", alert.since().toString());
    node.put("endsAt", firing ? "0001-01-01T00:00:00Z" : message.at().toString());
    node.put("generatorURL", "");
    node.put("fingerprint", Integer.toHexString(alert.target().hashCode()));
  }

  private static String severity(State state) {
    return state == State.OK ? "info" : state == State.WARNING ? "warning" : "critical";
  }
}
