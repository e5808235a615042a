package org.milvustls.milvus;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** The forms in which settings are given to a Milvus server, or to a proxy in front of it. */
public enum ConfigFormat {
  /** For milvus.yaml or user.yaml. */
  YAML,
  /** Environment variables, one per line. */
  ENV,
  /** A Docker Compose file that overrides parts of the official one. */
  COMPOSE,
  /** Values of the Helm chart {@code milvus}. */
  HELM,
  /** The resource of the Milvus operator. */
  OPERATOR,
  /** A server block of nginx that terminates TLS in front of a plaintext Milvus. */
  NGINX,
  /** A configuration of Envoy that does the same. */
  ENVOY;

  /** Whether it configures a proxy in front of Milvus, instead of Milvus itself. */
  public boolean isProxy() {
    return this == NGINX || this == ENVOY;
  }

  /** The name used in options. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a format by its {@link #id()}; an unknown name is a usage error that lists the valid
   * ones.
   */
  public static ConfigFormat of(String id) {
    return Arrays.stream(values())
        .filter(format -> format.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown format of a configuration")
                    .seen(id)
                    .allowed(
                        Arrays.stream(values())
                            .map(ConfigFormat::id)
                            .collect(Collectors.joining(", ")))
                    .build());
  }

  @Override
  public String toString() {
    return id();
  }
}
