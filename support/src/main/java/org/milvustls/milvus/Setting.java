package org.milvustls.milvus;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One value of a configuration, and where it stands.
 *
 * @param key as written, its levels joined by dots; of the environment, the variable's name
 * @param value as written; empty for a key without a value
 * @param source name of the file
 * @param line from 1; empty where the file does not tell
 */
record Setting(String key, String value, String source, OptionalInt line) {
  Setting {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(source, "source");
  }

  /**
   * The name by which Milvus finds it: lower case, without {@code _ . /} ({@code
   * pkg/config/manager.go}). So any case and any nesting names the same setting.
   */
  String name() {
    return nameOf(key);
  }

  static String nameOf(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[_./]", "");
  }

  /** Where it stands, such as {@code milvus.yaml:12}. */
  String place() {
    return line.isPresent() ? source + ":" + line.getAsInt() : source + " " + key;
  }
}
