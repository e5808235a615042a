package org.milvustls.server;

import java.util.Objects;
import java.util.Optional;

/**
 * The kind of server for a request, with the reason.
 *
 * @param kind kind that {@link MilvusServers#start} will start; empty when none can start. Never
 *     {@link ServerKind#AUTO}
 * @param reason a sentence to print, such as "Using embedded Milvus 2.3.5: no Docker engine
 *     answers."; when none can start, with the reason and the remedy of each kind
 */
public record ServerChoice(Optional<ServerKind> kind, String reason) {
  public ServerChoice {
    Objects.requireNonNull(reason, "reason");
    if (kind.equals(Optional.of(ServerKind.AUTO))) {
      throw new IllegalArgumentException("AUTO is a question, not a choice");
    }
  }

  static ServerChoice of(ServerKind kind, String reason) {
    return new ServerChoice(Optional.of(kind), reason);
  }

  static ServerChoice none(String reasons) {
    return new ServerChoice(Optional.empty(), reasons);
  }

  public boolean isAvailable() {
    return kind.isPresent();
  }
}
