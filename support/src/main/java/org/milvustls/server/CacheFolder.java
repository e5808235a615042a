package org.milvustls.server;

import java.nio.file.Path;
import java.util.Map;

/** The folder in the user's home that holds what is fetched once. */
final class CacheFolder {
  /** Names another folder. */
  static final String OVERRIDE = "MILVUS_TLS_CACHE";

  private CacheFolder() {}

  static Path ofThisUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * The override, else {@code milvus-tls} in {@code XDG_CACHE_HOME} (XDG Base Directory
   * Specification: a relative path there is ignored), else in {@code ~/.cache}.
   */
  static Path of(Map<String, String> environment, Path home) {
    String override = environment.getOrDefault(OVERRIDE, "");
    if (!override.isBlank()) {
      return Path.of(override).toAbsolutePath();
    }
    Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    Path caches = xdg.isAbsolute() ? xdg : home.resolve(".cache");
    return caches.resolve("milvus-tls");
  }
}
