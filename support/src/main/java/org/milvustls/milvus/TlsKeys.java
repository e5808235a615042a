package org.milvustls.milvus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The TLS keys that Milvus reads, and common wrong keys. */
final class TlsKeys {
  static final String MODE = "common.security.tlsMode";
  static final String SERVER_PEM = "tls.serverPemPath";
  static final String SERVER_KEY = "tls.serverKeyPath";
  static final String CLIENT_CA = "tls.caPemPath";
  static final String HTTP_ENABLED = "proxy.http.enabled";
  static final String HTTP_PORT = "proxy.http.port";
  static final String PROXY_PORT = "proxy.port";
  static final String INTERNAL = "common.security.internaltlsEnabled";
  static final String AUTHORIZATION = "common.security.authorizationEnabled";

  private static final Set<String> READ =
      Set.of(
          Setting.nameOf(MODE),
          Setting.nameOf(SERVER_PEM),
          Setting.nameOf(SERVER_KEY),
          Setting.nameOf(CLIENT_CA));
  private static final Set<String> READ_SINCE_2_5 =
      Set.of(
          Setting.nameOf(INTERNAL),
          "internaltlsserverpempath",
          "internaltlsserverkeypath",
          "internaltlscapempath",
          "internaltlssni");

  /** Keys of links to other systems and clusters, which have TLS settings of their own. */
  private static final Pattern OTHER_SYSTEMS =
      Pattern.compile(
          "(tls\\.clusters|etcd|minio|kafka|pulsar|woodpecker|tikv|trace|function|credential|knowhere|hook)\\..*",
          Pattern.CASE_INSENSITIVE);

  /** Matches one level of a key; {@code accessLog} contains "ssl" by chance. */
  private static final Pattern ABOUT_TLS =
      Pattern.compile(
          ".*(tls|cipher|pempath|keypath|certpath|certfile|minversion).*|(use)?ssl.*",
          Pattern.CASE_INSENSITIVE);

  private static final List<Map.Entry<Pattern, String>> MEANT =
      List.of(
          Map.entry(Pattern.compile(".*(cipher|minversion|maxversion|curve|protocol).*"), ""),
          Map.entry(Pattern.compile(".*sni"), "internaltls.sni"),
          Map.entry(Pattern.compile(".*(mode|enabled?)"), MODE),
          Map.entry(Pattern.compile(".*key(path|file)?"), SERVER_KEY),
          Map.entry(
              Pattern.compile("(client|root|trust)?ca(|s|cert|pem|file|path|bundle)[a-z]*"),
              CLIENT_CA),
          Map.entry(Pattern.compile(".*(cert|pem)[a-z]*"), SERVER_PEM));

  private TlsKeys() {}

  /** Findings about keys that Milvus does not read, or not in this version. */
  static List<ConfigFinding> check(MilvusVersion version, EffectiveSettings settings) {
    List<ConfigFinding> findings = new ArrayList<>();
    for (Setting setting : settings.all()) {
      unread(version, settings, setting).ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<ConfigFinding> unread(
      MilvusVersion version, EffectiveSettings settings, Setting setting) {
    String name = setting.name();
    if (name.startsWith("milvusconf")) {
      String plain = name.substring("milvusconf".length());
      boolean known = READ.contains(plain) || READ_SINCE_2_5.contains(plain);
      return known && !settings.knowsPrefix()
          ? Optional.of(
              finding(
                  setting,
                  "unread-prefix",
                  version.isAtLeast(2, 5)
                      ? "not every release of Milvus 2.5 knows the prefix MILVUS_CONF_"
                      : "Milvus " + version + " does not know the prefix MILVUS_CONF_",
                  "leave the prefix out"))
          : Optional.empty();
    }
    if (READ.contains(name) || OTHER_SYSTEMS.matcher(setting.key().replace('_', '.')).matches()) {
      return Optional.empty();
    }
    if (READ_SINCE_2_5.contains(name)) {
      return version.isAtLeast(2, 5)
          ? Optional.empty()
          : Optional.of(
              finding(
                  setting,
                  "unread-key",
                  "internal TLS came with Milvus 2.5; " + version + " does not read it",
                  "upgrade, or protect the internal ports by the network"));
    }
    boolean aboutTls =
        Arrays.stream(setting.key().split("[._/]"))
            .anyMatch(level -> ABOUT_TLS.matcher(level).matches());
    return aboutTls ? Optional.of(unknown(setting)) : Optional.empty();
  }

  private static ConfigFinding unknown(Setting setting) {
    String last = setting.name().replaceFirst("^(proxy|common|security|server|grpc|tls|ssl)+", "");
    String word = last.isEmpty() ? "mode" : last;
    String meant =
        MEANT.stream()
            .filter(entry -> entry.getKey().matcher(word).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(MODE);
    String remedy =
        meant.isEmpty()
            ? "no version of Milvus sets protocol versions or cipher suites of its listener;"
                + " tlsMode 2 gives TLS 1.3 alone, a client can ask for a minimum, and a proxy in"
                + " front can enforce one"
            : "use " + meant + (meant.equals(MODE) ? " (1: server, 2: mutual)" : "");
    return finding(
        setting,
        "unknown-key",
        "Milvus does not read " + setting.key() + " and does not say so",
        remedy);
  }

  private static ConfigFinding finding(Setting setting, String id, String reason, String remedy) {
    return new ConfigFinding(ConfigFinding.Severity.ERROR, id, setting.place(), reason, remedy);
  }
}
