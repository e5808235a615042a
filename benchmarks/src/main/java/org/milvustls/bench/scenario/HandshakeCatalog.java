package org.milvustls.bench.scenario;

import java.util.List;

/** The axes of a handshake in memory: a base cell and one axis at a time. */
final class HandshakeCatalog {
  private HandshakeCatalog() {}

  /** One panel for each axis. */
  static List<Catalog.Group> groups(Profile profile) {
    return List.of();
  }
}
