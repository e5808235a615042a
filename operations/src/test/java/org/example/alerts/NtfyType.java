package org.example.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import org.milvustls.monitor.alert.AlertChannel;
import org.milvustls.monitor.alert.AlertChannelType;
import org.milvustls.monitor.alert.ChannelOptions;
import org.milvustls.monitor.alert.HttpPost;

/** Publishes to a topic of an ntfy server. */
public final class NtfyType implements AlertChannelType {
  @Override
  public String type() {
    return "ntfy";
  }

  @Override
  public Set<String> keys() {
    return Set.of("url", "url-env", "url-file", "topic", "token-env", "token-file", "ca");
  }

  @Override
  public AlertChannel open(ChannelOptions options) {
    String topic = options.required("topic");
    HttpPost post = HttpPost.open(options).bearing(options.secret("token"));
    return message ->
        post.send(
            JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic)
                .put("title", message.subject())
                .put("message", message.text())
                .toString());
  }
}
