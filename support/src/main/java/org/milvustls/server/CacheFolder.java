package org.milvustls.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** The folder in the user's home that holds what is fetched once. */
final class CacheFolder {
  /** Names another folder. */
  static final String OVERRIDE = "MILVUS_TLS_CACHE";

  /** A container with a uid of its own is such a machine. */
  static final Obstacle NO_HOME =
      new Obstacle(
          "this user has no home folder for the cache",
          "set HOME or XDG_CACHE_HOME to a folder that this user may write");

  private CacheFolder() {}

  static Path ofThisUser() {
    return find()
        .orElseThrow(
            () -> MilvusTlsException.failure(NO_HOME.reason()).next(NO_HOME.remedy()).build());
  }

  static Optional<Path> find() {
    return find(System.getenv(), System.getProperty("user.home"));
  }

  /**
   * The override, else {@code milvus-tls} in {@code XDG_CACHE_HOME} (XDG Base Directory
   * Specification: a relative path there is ignored), else in {@code .cache} of the home.
   *
   * @param home of the user as the JVM knows it: {@code ?} without an entry in the system's list of
   *     users, where {@code HOME} is taken
   */
  static Optional<Path> find(Map<String, String> environment, String home) {
    String override = environment.getOrDefault(OVERRIDE, "");
    if (!override.isBlank()) {
      return Optional.of(Path.of(override).toAbsolutePath());
    }
    Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    return (xdg.isAbsolute() ? Optional.of(xdg) : home(environment, home))
        .map(caches -> caches.resolve("milvus-tls"));
  }

  private static Optional<Path> home(Map<String, String> environment, String home) {
    return Stream.of(home, environment.getOrDefault("HOME", ""))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .filter(folder -> Files.isWritable(folder) || Files.isWritable(folder.resolve(".cache")))
        .map(folder -> folder.resolve(".cache"))
        .findFirst();
  }
}
