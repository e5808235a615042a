package org.milvustls.monitor.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.milvustls.monitor.YamlEntry;

/** Opens channels for tests. */
final class Channels {
  private Channels() {}

  /** A channel of an entry with these values; those of {@code -env} are the secrets themselves. */
  static AlertChannel open(AlertChannelType type, Duration limit, Map<String, ?> values) {
    Map<String, Object> entry = new HashMap<>(values);
    entry.put("type", type.type());
    Map<String, String> environment = new HashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.endsWith("-env")) {
            environment.put(key, String.valueOf(value));
            entry.put(key, key);
          }
        });
    return type.open(
        new ChannelOptions(
            new YamlEntry(Path.of("alerts.yaml"), entry), type.keys(), environment, limit));
  }

  /** A webhook at this address. */
  static AlertChannel webhook(String url, Duration limit) {
    return open(new WebhookType(), limit, Map.of("url", url));
  }
}
