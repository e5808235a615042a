package org.milvustls.monitor.alert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;

/** Posts to an incoming webhook of Slack; Mattermost and Rocket.Chat read the same. */
public final class SlackType implements AlertChannelType {
  @Override
  public String type() {
    return "slack";
  }

  @Override
  public Set<String> keys() {
    return Set.of("url-env", "url-file", "ca");
  }

  @Override
  public AlertChannel open(ChannelOptions options) {
    HttpPost post = HttpPost.open(options);
    return message -> post.send(body(message));
  }

  private static String body(Message message) {
    // The three characters that Slack's markup takes for its own.
    String text = message.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return JsonNodeFactory.instance.objectNode().put("text", "*milvus-tls*\n" + text).toString();
  }
}
