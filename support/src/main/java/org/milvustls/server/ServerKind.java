package org.milvustls.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** The place where a Milvus server runs. */
public enum ServerKind {
  /** In requests only: a container where available, otherwise embedded. */
  AUTO,
  /** A process of this machine, from the Python package {@code milvus}; no Python at run time. */
  EMBEDDED,
  /** A container of the Docker engine of this machine. */
  CONTAINER,
  /** A server that the user runs. */
  EXTERNAL;

  /** The name used in options, files and reports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds a kind by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static ServerKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown server kind")
                    .seen(id)
                    .allowed(
                        Arrays.stream(values())
                            .map(ServerKind::id)
                            .collect(Collectors.joining(", ")))
                    .build());
  }

  @Override
  public String toString() {
    return id();
  }
}
