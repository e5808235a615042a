package org.milvustls.milvus;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One value of a configuration, with its place.
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
   * The name that Milvus uses: lower case, without {@code _ . /} ({@code pkg/config/manager.go}).
   * Any case and any nesting therefore name the same setting.
   */
  String name() {
    return nameOf(key);
  }

  static String nameOf(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[_./]", "");
  }

  /** Its place, such as {@code milvus.yaml:12}. */
  String place() {
    return line.isPresent() ? source + ":" + line.getAsInt() : source + " " + key;
  }
}
