package org.milvustls.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** The cache folder in the user's home, for files that are fetched once. */
final class CacheFolder {
  /** Environment variable with another folder. */
  static final String OVERRIDE = "MILVUS_TLS_CACHE";

  /** Occurs, for example, in a container with its own uid. */
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
   * The override; otherwise {@code milvus-tls} in {@code XDG_CACHE_HOME} (XDG Base Directory
   * Specification: a relative path is ignored); otherwise in {@code .cache} of the home.
   *
   * @param home home of the user in the JVM: {@code ?} without an entry in the system's list of
   *     users; then {@code HOME} is used
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
