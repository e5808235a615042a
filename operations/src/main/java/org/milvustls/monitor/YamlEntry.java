package org.milvustls.monitor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PemFiles;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A map in a YAML file that a person writes. Its messages name the file.
 *
 * @param file paths in the map are relative to it
 * @param map as it was read
 */
public record YamlEntry(Path file, Map<?, ?> map) {
  public YamlEntry {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(map, "map");
  }

  /**
   * Reads a file, each key once and with few aliases.
   *
   * @param what it holds, for the message
   * @throws MilvusTlsException of usage when it is no YAML
   */
  public static @Nullable Object read(Path file, String what) {
    try {
      return new Load(LoadSettings.builder().build()).loadFromString(PemFiles.text(file));
    } catch (YamlEngineException e) {
      throw MilvusTlsException.usage(file + ": " + what + " cannot be read")
          .seen(String.valueOf(e.getMessage()))
          .cause(e)
          .build();
    }
  }

  /** The entry that a value of the file is; empty: it is no map. */
  public static Optional<YamlEntry> of(Path file, @Nullable Object value) {
    return value instanceof Map<?, ?> map
        ? Optional.of(new YamlEntry(file, map))
        : Optional.empty();
  }

  /** Refuses keys that are not allowed; a secret that stands in the file itself is not shown. */
  public void allow(Set<String> keys) {
    for (Object key : map.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        MilvusTlsException.Builder error =
            wrong("an unknown key")
                .seen(String.valueOf(key))
                .allowed(String.join(", ", new TreeSet<>(keys)));
        if (keys.contains(key + "-file")) {
          error.next("keep it in a file of its own or in the environment: it is a secret");
        }
        throw error.build();
      }
    }
  }

  /** The value of a key as text. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf);
  }

  /** The path that a key names, relative to the file. */
  public Optional<Path> path(String key) {
    return text(key).map(name -> file.toAbsolutePath().resolveSibling(name).normalize());
  }

  /** The elements of a list; empty: there is none, or it has no element. */
  public List<?> list(String key) {
    return map.get(key) instanceof List<?> list ? list : List.of();
  }

  /** Starts an error about the file. */
  public MilvusTlsException.Builder wrong(String what) {
    return MilvusTlsException.usage(file + ": " + what);
  }
}
