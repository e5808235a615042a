package org.milvustls.milvus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** {@code MILVUS_CONF_}, as it stands in names. */
  static final String PREFIX = "milvusconf";

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

  /** Finds keys that Milvus does not read, or not in this version. */
  static List<ConfigFinding> check(MilvusVersion version, EffectiveSettings settings) {
    List<ConfigFinding> findings = new ArrayList<>();
    for (Setting setting : settings.all()) {
      unread(version, settings, setting).ifPresent(findings::add);
    }
    return findings;
  }

  private static Optional<ConfigFinding> unread(
      MilvusVersion version, EffectiveSettings settings, Setting setting) {
    MilvusRelease release = version.release();
    String name = setting.name();
    if (name.startsWith(PREFIX)) {
      boolean meant = isAboutTls(setting) && reader(name.substring(PREFIX.length())).isPresent();
      return meant && !settings.knowsPrefix()
          ? Optional.of(unreadPrefix(version, setting))
          : Optional.empty();
    }
    if (release.reads(name) || OTHER_SYSTEMS.matcher(setting.key().replace('_', '.')).matches()) {
      return Optional.empty();
    }
    return reader(name)
        .map(line -> readBy(line, version, setting))
        .or(() -> isAboutTls(setting) ? Optional.of(unknown(setting)) : Optional.empty());
  }

  /** The first release line that reads a key. */
  private static Optional<String> reader(String name) {
    return MilvusRelease.all().entrySet().stream()
        .filter(entry -> entry.getValue().reads(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isAboutTls(Setting setting) {
    return Arrays.stream(setting.key().split("[._/]"))
        .anyMatch(level -> ABOUT_TLS.matcher(level).matches());
  }

  private static ConfigFinding unreadPrefix(MilvusVersion version, Setting setting) {
    return finding(
        setting,
        "unread-prefix",
        version.release().environmentPrefix() == MilvusRelease.Prefix.SOME_RELEASES
            ? "not every release of Milvus " + version.line() + " knows the prefix MILVUS_CONF_"
            : "Milvus " + version + " does not know the prefix MILVUS_CONF_",
        "leave the prefix out");
  }

  private static ConfigFinding readBy(String line, MilvusVersion version, Setting setting) {
    boolean internal = setting.name().contains("internaltls");
    return finding(
        setting,
        "unread-key",
        (internal ? "internal TLS" : setting.key())
            + (" came with Milvus " + line + "; " + version + " does not read it"),
        "upgrade" + (internal ? ", or protect the internal ports by the network" : ""));
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
