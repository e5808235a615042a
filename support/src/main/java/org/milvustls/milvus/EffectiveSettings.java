package org.milvustls.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The values that Milvus makes of several sources: a later file wins over an earlier one, and the
 * environment over all files. etcd would win over both and cannot be seen from here.
 */
final class EffectiveSettings {
  private final MilvusVersion version;
  private final List<Setting> files = new ArrayList<>();
  private final List<Setting> environment = new ArrayList<>();

  EffectiveSettings(MilvusVersion version, List<ConfigSource> sources, List<Setting> environment) {
    this.version = version;
    sources.forEach(source -> files.addAll(source.settings()));
    this.environment.addAll(environment);
  }

  /** All values, also overridden ones. */
  List<Setting> all() {
    List<Setting> all = new ArrayList<>(files);
    all.addAll(environment);
    return all;
  }

  /** The effective value, if any; a key without a value does not count. */
  Optional<Setting> find(String key) {
    String name = Setting.nameOf(key);
    return last(environment, knowsPrefix() ? TlsKeys.PREFIX + name : name)
        .or(() -> last(environment, name))
        .or(() -> last(files, name))
        .filter(setting -> !setting.value().isBlank() && !setting.value().equals("~"));
  }

  /**
   * Says if every release of this line reads names that begin with {@code MILVUS_CONF_}, first of
   * all.
   */
  boolean knowsPrefix() {
    return version.release().environmentPrefix() == MilvusRelease.Prefix.ALWAYS;
  }

  private static Optional<Setting> last(List<Setting> settings, String name) {
    return settings.stream()
        .filter(setting -> setting.name().equals(name))
        .reduce((first, second) -> second);
  }

  boolean isTrue(String key, boolean standard) {
    return find(key).map(setting -> parsesAsTrue(setting.value())).orElse(standard);
  }

  /** Parses as Go's {@code strconv.ParseBool}. */
  private static boolean parsesAsTrue(String value) {
    return List.of("1", "t", "T", "TRUE", "true", "True").contains(value);
  }

  /** The number; empty for other text, for which Milvus uses 0. */
  OptionalInt number(String key) {
    try {
      return find(key)
          .map(setting -> OptionalInt.of(Integer.parseInt(setting.value().strip())))
          .orElse(OptionalInt.empty());
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
