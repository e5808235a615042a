package org.milvustls.milvus;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A release line of Milvus: all in which lines differ here. Each has a file, such as {@code
 * versions/2.6.json}, and to add that file is to add the line. Lines follow one another from 2.3
 * on.
 *
 * @param keysReadFrom source of the list of keys
 * @param keys about TLS, REST and users, those that this line reads
 * @param environmentPrefix says if names may begin with {@code MILVUS_CONF_}
 * @param refusesSharedRestPort true: does not start when REST shares the port of gRPC and TLS is
 *     on; false: drops REST
 * @param refusesUnknownMode true: does not start with an unknown tlsMode; false: serves plaintext
 * @param remark first remark on what is rendered
 * @param advisories those that concern some patch of this line
 */
record MilvusRelease(
    String keysReadFrom,
    List<String> keys,
    Prefix environmentPrefix,
    boolean refusesSharedRestPort,
    boolean refusesUnknownMode,
    String remark,
    List<Advisory> advisories) {
  /** The patches of a line that read names with the prefix {@code MILVUS_CONF_}. */
  enum Prefix {
    NEVER,
    SOME_RELEASES,
    ALWAYS
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private static final Map<String, MilvusRelease> ALL =
      read(name -> MilvusRelease.class.getResourceAsStream("versions/" + name));

  MilvusRelease {
    Objects.requireNonNull(keysReadFrom, "keysReadFrom");
    keys = List.copyOf(keys);
    Objects.requireNonNull(environmentPrefix, "environmentPrefix");
    Objects.requireNonNull(remark, "remark");
    advisories = List.copyOf(advisories);
  }

  /** All lines by their name, such as {@code 2.6}, oldest first. */
  static Map<String, MilvusRelease> all() {
    return ALL;
  }

  /**
   * Reads one file after the other until there is none.
   *
   * @param files opens the file of a name; null: there is none
   */
  static Map<String, MilvusRelease> read(Function<String, @Nullable InputStream> files) {
    Map<String, MilvusRelease> releases = new LinkedHashMap<>();
    int major = 2;
    int minor = 3;
    while (true) {
      String line = major + "." + minor;
      try (InputStream file = files.apply(line + ".json")) {
        if (file != null) {
          releases.put(line, JSON.readValue(file, MilvusRelease.class));
          minor++;
        } else if (minor > 0) {
          major++;
          minor = 0;
        } else {
          return releases;
        }
      } catch (IOException e) {
        throw new IllegalStateException("the file of Milvus " + line + " is wrong", e);
      }
    }
  }

  /** The names of lines for a person: {@code 2.3 to 2.6 and 3.0}. */
  static String inWords(Collection<String> lines) {
    Map<String, List<String>> majors =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.substring(0, line.indexOf('.')),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return majors.values().stream()
        .map(of -> of.size() == 1 ? of.get(0) : of.get(0) + " to " + of.get(of.size() - 1))
        .collect(Collectors.joining(" and "));
  }

  /** Says if this line reads a key, in any of the forms that Milvus takes for the same. */
  boolean reads(String key) {
    String name = Setting.nameOf(key);
    return keys.stream().anyMatch(own -> Setting.nameOf(own).equals(name));
  }
}
