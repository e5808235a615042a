package org.milvustls.server;

import java.util.Objects;
import java.util.Optional;

/**
 * Which kind of server a request gets, and why.
 *
 * @param kind what {@link MilvusServers#start} will start; empty when there is no server to be had.
 *     Never {@link ServerKind#AUTO}
 * @param reason one sentence for a chosen kind; for none, the reason and the remedy of each kind
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
