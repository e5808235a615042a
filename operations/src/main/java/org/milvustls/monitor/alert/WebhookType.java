package org.milvustls.monitor.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import org.milvustls.monitor.State;

/** Posts JSON in the form of Alertmanager's webhook, version 4, which many receivers understand. */
public final class WebhookType implements AlertChannelType {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALERT = "MilvusTlsTarget";

  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public Set<String> keys() {
    return Set.of("url", "url-env", "url-file", "token-env", "token-file", "ca");
  }

  @Override
  public AlertChannel open(ChannelOptions options) {
    HttpPost post = HttpPost.open(options).bearing(options.secret("token"));
    return message -> post.send(body(message).toString());
  }

  private static ObjectNode body(Message message) {
    ObjectNode root = JSON.createObjectNode().put("version", "4").put("receiver", "milvus-tls");
    boolean firing = message.alerts().stream().anyMatch(Alert::isFiring);
    root.put("status", firing ? "firing" : "resolved").put("groupKey", "milvus-tls");
    root.put("truncatedAlerts", 0).put("externalURL", "");
    root.putObject("groupLabels").put("alertname", ALERT);
    root.putObject("commonLabels").put("alertname", ALERT);
    root.putObject("commonAnnotations");
    ArrayNode alerts = root.putArray("alerts");
    message.alerts().forEach(alert -> alert(alerts.addObject(), message, alert));
    return root;
  }

  private static void alert(ObjectNode node, Message message, Alert alert) {
    node.put("status", alert.isFiring() ? "firing" : "resolved");
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
    node.put("endsAt", alert.isFiring() ? "0001-01-01T00:00:00Z" : message.at().toString());
    node.put("generatorURL", "");
    node.put("fingerprint", Integer.toHexString(alert.target().hashCode()));
  }

  private static String severity(State state) {
    return state == State.OK ? "info" : state == State.WARNING ? "warning" : "critical";
  }
}
