package org.milvustls.monitor.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.Spans;
import org.milvustls.monitor.YamlEntry;

/**
 * The channels of alerts, from a YAML file. Secrets stand in the environment ({@code ...-env}: name
 * of the variable) or in files of their own ({@code ...-file}: path, relative to this file).
 *
 * <pre>{@code
 * repeat: 24h                       # say again what stays bad; default 24h
 * channels:
 *   - type: webhook                 # JSON as Alertmanager sends it
 *     url: https://alerts.example.org/hook
 *     token-file: hook.token        # optional: Authorization: Bearer
 *     ca: ca.pem                    # optional: trust anchors instead of those of the JDK
 *   - type: slack
 *     url-file: slack.url           # the address is a secret
 *   - type: dingtalk
 *     url-env: DINGTALK_URL
 *     secret-env: DINGTALK_SECRET   # optional: signs
 *   - type: email
 *     host: smtp.example.org
 *     security: starttls            # or tls, or none; port 587, 465, 25
 *     user: monitor
 *     password-file: smtp.password
 *     from: monitor@example.org
 *     to: [ops@example.org]
 * }</pre>
 *
 * @param repeat after how long it is said again that something is still bad
 * @param channels at least one, by name, in the order of the file
 */
public record AlertSettings(Duration repeat, Map<String, AlertChannel> channels) {
  private static final Duration REPEAT = Duration.ofHours(24);
  private static final String CHANNELS = "channels";

  /** For one attempt. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  public AlertSettings {
    channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
  }

  /**
   * Reads the file and the secrets that it names.
   *
   * @throws MilvusTlsException of usage with the file and its error
   */
  public static AlertSettings read(Path file) {
    return read(file, System.getenv());
  }

  static AlertSettings read(Path file, Map<String, String> environment) {
    ChannelTypes types = ChannelTypes.onClassPath();
    YamlEntry settings = entry(file, YamlEntry.read(file, "the alerts"), types);
    settings.allow(Set.of("repeat", CHANNELS));
    if (settings.list(CHANNELS).isEmpty()) {
      throw settings
          .wrong("there is no list of channels")
          .allowed("channels: with one entry or more")
          .build();
    }
    Map<String, AlertChannel> channels = new LinkedHashMap<>();
    for (Object value : settings.list(CHANNELS)) {
      YamlEntry entry = entry(file, value, types);
      AlertChannelType type = type(entry, types);
      ChannelOptions options = new ChannelOptions(entry, type.keys(), environment, LIMIT);
      if (channels.put(options.name(), type.open(options)) != null) {
        throw entry
            .wrong("two channels have one name")
            .seen(options.name())
            .next("give each its own 'name:'")
            .build();
      }
    }
    return new AlertSettings(repeat(settings), channels);
  }

  private static YamlEntry entry(Path file, @Nullable Object value, ChannelTypes types) {
    return YamlEntry.of(file, value)
        .orElseThrow(
            () ->
                MilvusTlsException.usage(file + ": not alerts")
                    .allowed("keys repeat and channels; of a channel type: " + types.names())
                    .build());
  }

  private static AlertChannelType type(YamlEntry entry, ChannelTypes types) {
    String type =
        entry
            .text("type")
            .orElseThrow(
                () -> entry.wrong("a channel needs a key that is not there").seen("type").build());
    return types
        .find(type)
        .orElseThrow(
            () ->
                entry
                    .wrong("an unknown type of channel")
                    .seen(type)
                    .allowed(types.names())
                    .build());
  }

  private static Duration repeat(YamlEntry settings) {
    return settings
        .text("repeat")
        .map(
            text ->
                Spans.parse(text)
                    .filter(span -> !span.isZero())
                    .orElseThrow(
                        () -> settings.wrong("not a time").seen(text).allowed("24h, 7d").build()))
        .orElse(REPEAT);
  }

  /** A copy with only one channel. */
  public AlertSettings only(String name) {
    AlertChannel channel = channels.get(name);
    if (channel == null) {
      throw MilvusTlsException.usage("no such channel")
          .seen(name)
          .allowed(String.join(", ", channels.keySet()))
          .build();
    }
    return new AlertSettings(repeat, Map.of(name, channel));
  }
}
