package org.milvustls.monitor.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.Spans;
import org.milvustls.pki.PemFiles;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The settings of alert channels, from a YAML file. Secrets are in environment variables ({@code
 * ...-env}: name of the variable) or in separate files ({@code ...-file}: path, relative to this
 * file).
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
 * @param repeat interval at which an unchanged problem is reported again
 * @param channels at least one
 */
public record AlertSettings(Duration repeat, List<AlertChannel> channels) {
  private static final Duration REPEAT = Duration.ofHours(24);
  private static final String CHANNELS = "channels";

  public AlertSettings {
    channels = List.copyOf(channels);
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
    Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(PemFiles.text(file));
    } catch (YamlEngineException e) {
      throw MilvusTlsException.usage(file + ": the alerts cannot be read")
          .seen(String.valueOf(e.getMessage()))
          .cause(e)
          .build();
    }
    ChannelEntry settings = ChannelEntry.of(file, root, environment);
    settings.allow(Set.of("repeat", CHANNELS));
    List<AlertChannel> channels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Object value : settings.list(CHANNELS)) {
      AlertChannel channel = ChannelEntry.of(file, value, environment).channel();
      if (!names.add(channel.name())) {
        throw MilvusTlsException.usage(file + ": two channels have one name")
            .seen(channel.name())
            .next("give each its own 'name:'")
            .build();
      }
      channels.add(channel);
    }
    return new AlertSettings(repeat(settings), channels);
  }

  private static Duration repeat(ChannelEntry settings) {
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
    List<AlertChannel> one =
        channels.stream().filter(channel -> channel.name().equals(name)).toList();
    if (one.isEmpty()) {
      throw MilvusTlsException.usage("no such channel")
          .seen(name)
          .allowed(String.join(", ", channels.stream().map(AlertChannel::name).toList()))
          .build();
    }
    return new AlertSettings(repeat, one);
  }
}
