package org.milvustls.milvus;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * The input of a configuration check.
 *
 * @param version of the Milvus that reads it
 * @param files yaml files in the order in which Milvus reads them; a later one wins. A Compose file
 *     among them provides environment, mounted files and published ports of its Milvus
 * @param environment lines {@code NAME=VALUE} of the server's environment, which overrides files;
 *     the environment in a Compose file overrides it
 * @param mapped mapping of server paths to this machine: prefix on the server, prefix here
 */
public record ConfigCheckRequest(
    MilvusVersion version, List<Path> files, Optional<Path> environment, Map<String, Path> mapped) {
  public ConfigCheckRequest {
    files = List.copyOf(files);
    mapped = new LinkedHashMap<>(mapped);
    if (files.isEmpty() && environment.isEmpty()) {
      throw MilvusTlsException.usage("there is nothing to check")
          .next("name a milvus.yaml, or a file with the server's environment")
          .build();
    }
    for (String prefix : mapped.keySet()) {
      if (!prefix.startsWith("/")) {
        throw MilvusTlsException.usage("a path of the server is not absolute")
            .seen(prefix)
            .allowed("SERVER=LOCAL, such as /milvus/tls=certs/servers/milvus")
            .build();
      }
    }
  }

  /** The file of this machine for a server path; empty when not mapped. */
  Optional<Path> local(String serverPath) {
    return mapped.entrySet().stream()
        .filter(entry -> isBelow(serverPath, entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(
            entry ->
                entry
                    .getValue()
                    .resolve(
                        serverPath.substring(entry.getKey().length()).replaceFirst("^/+", "")));
  }

  private static boolean isBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
  }
}
