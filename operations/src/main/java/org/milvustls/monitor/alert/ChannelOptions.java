package org.milvustls.monitor.alert;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.milvustls.MilvusTlsException;
import org.milvustls.monitor.YamlEntry;
import org.milvustls.pki.PemFiles;

/**
 * The values that an entry of the file of alerts gives to its channel. Only the keys that the type
 * states can be read, and an entry with another key is refused.
 */
public final class ChannelOptions {
  private static final int HIGHEST_PORT = 65_535;
  private final YamlEntry entry;
  private final Set<String> keys;
  private final Map<String, String> environment;
  private final Duration limit;

  ChannelOptions(
      YamlEntry entry, Set<String> keys, Map<String, String> environment, Duration limit) {
    this.entry = entry;
    this.keys = new HashSet<>(keys);
    this.keys.addAll(Set.of("type", "name"));
    this.environment = environment;
    this.limit = limit;
    entry.allow(this.keys);
  }

  /** The name of the channel in messages and metrics; its type, unless the file says another. */
  public String name() {
    return text("name").orElseGet(() -> required("type"));
  }

  /** The time limit for one attempt, from connecting to the end of the answer. */
  public Duration limit() {
    return limit;
  }

  /** The value of a key. */
  public Optional<String> text(String key) {
    requireStated(key);
    return entry.text(key);
  }

  /** The value of a key that must be there. */
  public String required(String key) {
    return text(key)
        .orElseThrow(() -> wrong("a channel needs a key that is not there").seen(key).build());
  }

  /** The elements of a list that must be there, at least one. */
  public List<String> list(String key) {
    requireStated(key);
    List<String> list = entry.list(key).stream().map(String::valueOf).toList();
    if (list.isEmpty()) {
      throw wrong("there is no list of " + key).allowed(key + ": with one entry or more").build();
    }
    return list;
  }

  /** A TCP port. */
  public OptionalInt port(String key) {
    return text(key).map(text -> OptionalInt.of(port(key, text))).orElse(OptionalInt.empty());
  }

  private int port(String key, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong("not a " + key).seen(text).allowed("1 to 65535").build();
  }

  /** A path, relative to the file of alerts. */
  public Optional<Path> path(String key) {
    requireStated(key);
    return entry.path(key);
  }

  /** A secret, from the variable that {@code KEY-env} or the file that {@code KEY-file} names. */
  public Optional<Secret> secret(String key) {
    Optional<String> variable = text(key + "-env");
    Optional<Path> file = path(key + "-file");
    if (variable.isPresent() && file.isPresent()) {
      throw wrong("a secret has two places").seen(key).allowed("-env or -file").build();
    }
    return variable
        .map(name -> Secret.fromEnvironment(name, environment))
        .or(() -> file.map(Secret::fromFile));
  }

  /** A TLS context that trusts the certificates of {@code ca} alone; empty: those of the JDK. */
  public Optional<SSLContext> trust() {
    return path("ca").map(ca -> Trust.of(PemFiles.certificates(ca)));
  }

  /** Starts an error about the file of alerts. Show no secret in it. */
  public MilvusTlsException.Builder wrong(String what) {
    return entry.wrong(what);
  }

  /** Says if the type states this key. */
  boolean mayHave(String key) {
    return keys.contains(key);
  }

  private void requireStated(String key) {
    if (!keys.contains(key)) {
      throw new IllegalArgumentException("the type reads '" + key + "', which its keys() lack");
    }
  }
}
