package org.milvustls.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PemFiles;
import org.milvustls.tls.Identity;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A list of targets in a YAML file. Paths in it are relative to the file.
 *
 * <pre>{@code
 * warning: 20%            # optional, as --warning
 * critical: 7d
 * targets:
 *   - path: certs                     # files alone
 *   - endpoint: milvus.example.org:19530
 *     ca: certs/ca.pem
 *     mutual: true                    # must refuse a client without certificate
 *   - path: certs                     # files and the listener that should serve them
 *     endpoint: 127.0.0.1:19530
 *     server-name: localhost
 *     server: milvus                  # which server of the certificate directory
 * }</pre>
 *
 * @param targets at least one
 * @param warning the list's own threshold
 * @param critical the list's own threshold
 */
public record TargetList(
    List<MonitorTarget> targets, Optional<Threshold> warning, Optional<Threshold> critical) {
  private static final Set<String> LIST_KEYS =
      new TreeSet<>(Set.of("targets", "warning", "critical"));
  private static final Set<String> TARGET_KEYS =
      new TreeSet<>(
          Set.of("path", "endpoint", "ca", "cert", "key", "server-name", "server", "mutual"));
  private static final Set<String> OF_A_LISTENER =
      new TreeSet<>(Set.of("ca", "cert", "key", "server-name", "server", "mutual"));
  private static final int HIGHEST_PORT = 65_535;

  public TargetList {
    targets = List.copyOf(targets);
  }

  /**
   * Reads a list.
   *
   * @throws MilvusTlsException of usage with the file and its error
   */
  public static TargetList read(Path file) {
    Object root;
    try {
      root = new Load(LoadSettings.builder().build()).loadFromString(PemFiles.text(file));
    } catch (YamlEngineException e) {
      throw wrong(file, "the list of targets cannot be read")
          .seen(String.valueOf(e.getMessage()))
          .cause(e)
          .build();
    }
    Map<?, ?> list = map(file, root, LIST_KEYS);
    if (!(list.get("targets") instanceof List<?> entries) || entries.isEmpty()) {
      throw wrong(file, "the list has no targets")
          .allowed("targets: with one entry or more")
          .build();
    }
    List<MonitorTarget> targets = new ArrayList<>();
    for (Object entry : entries) {
      targets.add(target(file, map(file, entry, TARGET_KEYS)));
    }
    return new TargetList(
        targets,
        text(list, "warning").map(Threshold::of),
        text(list, "critical").map(Threshold::of));
  }

  private static MonitorTarget target(Path file, Map<?, ?> entry) {
    Optional<Path> path = text(entry, "path").map(name -> beside(file, name));
    Optional<Listener> listener = text(entry, "endpoint").map(at -> listener(file, entry, at));
    if (listener.isEmpty()) {
      requireNone(file, entry, OF_A_LISTENER);
    }
    return new MonitorTarget(
        path, listener, text(entry, "server").orElse(MonitorTarget.DEFAULT_LEAF));
  }

  private static Listener listener(Path file, Map<?, ?> entry, String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 1 ? "" : endpoint.substring(0, colon).replaceAll("^\\[|]$", "");
    int port = port(endpoint.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
      throw wrong(file, "not a listener").seen(endpoint).allowed("HOST:PORT").build();
    }
    Optional<Path> certificate = text(entry, "cert").map(name -> beside(file, name));
    Optional<Path> key = text(entry, "key").map(name -> beside(file, name));
    if (certificate.isPresent() != key.isPresent()) {
      throw wrong(file, "a client certificate needs its key, and a key its certificate")
          .seen(endpoint)
          .build();
    }
    return new Listener(
        host,
        port,
        text(entry, "server-name").orElse(host),
        text(entry, "ca").map(name -> beside(file, name)),
        certificate.flatMap(cert -> key.map(k -> Identity.pem(cert, k))),
        text(entry, "mutual").map(text -> yes(file, text)).orElse(false));
  }

  /** Refuses keys that would be ignored silently. */
  private static void requireNone(Path file, Map<?, ?> entry, Set<String> keys) {
    for (String key : keys) {
      if (entry.containsKey(key)) {
        throw wrong(file, "a key of a listener at a target that has none")
            .seen(key)
            .next("add 'endpoint: HOST:PORT', or take the key out")
            .build();
      }
    }
  }

  /** {@code yes} and {@code on} are text in YAML 1.2, and must not mean no. */
  private static boolean yes(Path file, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw wrong(file, "mutual is neither true nor false")
              .seen(text)
              .allowed("true, false")
              .build();
    };
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Path beside(Path file, String name) {
    return file.toAbsolutePath().resolveSibling(name).normalize();
  }

  private static Map<?, ?> map(Path file, Object value, Set<String> keys) {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong(file, "not a list of targets")
          .seen(String.valueOf(value))
          .allowed("keys " + String.join(", ", keys))
          .build();
    }
    for (Object key : map.keySet()) {
      if (!keys.contains(String.valueOf(key))) {
        throw wrong(file, "an unknown key")
            .seen(String.valueOf(key))
            .allowed(String.join(", ", keys))
            .build();
      }
    }
    return map;
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    return Optional.ofNullable(map.get(key)).map(String::valueOf);
  }

  private static MilvusTlsException.Builder wrong(Path file, String what) {
    return MilvusTlsException.usage(file + ": " + what);
  }
}
