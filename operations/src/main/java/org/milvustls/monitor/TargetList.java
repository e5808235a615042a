package org.milvustls.monitor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.Identity;

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
    YamlEntry list = entry(file, YamlEntry.read(file, "the list of targets"), LIST_KEYS);
    if (list.list("targets").isEmpty()) {
      throw list.wrong("the list has no targets")
          .allowed("targets: with one entry or more")
          .build();
    }
    List<MonitorTarget> targets = new ArrayList<>();
    for (Object target : list.list("targets")) {
      targets.add(target(entry(file, target, TARGET_KEYS)));
    }
    return new TargetList(
        targets, list.text("warning").map(Threshold::of), list.text("critical").map(Threshold::of));
  }

  private static MonitorTarget target(YamlEntry entry) {
    Optional<Listener> listener = entry.text("endpoint").map(at -> listener(entry, at));
    if (listener.isEmpty()) {
      requireNone(entry, OF_A_LISTENER);
    }
    return new MonitorTarget(
        entry.path("path"), listener, entry.text("server").orElse(MonitorTarget.DEFAULT_LEAF));
  }

  private static Listener listener(YamlEntry entry, String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 1 ? "" : endpoint.substring(0, colon).replaceAll("^\\[|]$", "");
    int port = port(endpoint.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > HIGHEST_PORT) {
      throw entry.wrong("not a listener").seen(endpoint).allowed("HOST:PORT").build();
    }
    Optional<Path> certificate = entry.path("cert");
    Optional<Path> key = entry.path("key");
    if (certificate.isPresent() != key.isPresent()) {
      throw entry
          .wrong("a client certificate needs its key, and a key its certificate")
          .seen(endpoint)
          .build();
    }
    return new Listener(
        host,
        port,
        entry.text("server-name").orElse(host),
        entry.path("ca"),
        certificate.flatMap(cert -> key.map(k -> Identity.pem(cert, k))),
        entry.text("mutual").map(text -> yes(entry, text)).orElse(false));
  }

  /** What nobody listens for would be ignored in silence. */
  private static void requireNone(YamlEntry entry, Set<String> keys) {
    for (String key : keys) {
      if (entry.map().containsKey(key)) {
        throw entry
            .wrong("a key of a listener at a target that has none")
            .seen(key)
            .next("add 'endpoint: HOST:PORT', or take the key out")
            .build();
      }
    }
  }

  /** {@code yes} and {@code on} are text in YAML 1.2, and must not turn into no. */
  private static boolean yes(YamlEntry entry, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw entry
              .wrong("mutual is neither true nor false")
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

  private static YamlEntry entry(Path file, @Nullable Object value, Set<String> keys) {
    YamlEntry entry =
        YamlEntry.of(file, value)
            .orElseThrow(
                () ->
                    MilvusTlsException.usage(file + ": not a list of targets")
                        .seen(String.valueOf(value))
                        .allowed("keys " + String.join(", ", keys))
                        .build());
    entry.allow(keys);
    return entry;
  }
}
