package org.milvustls.bench.scenario;

/** What a cell does once. */
public enum Operation {
  /** A complete handshake between two engines in memory; the time of the client's side counts. */
  HANDSHAKE("handshake", Suite.HANDSHAKE),
  /** A new channel of ours and the first RPC over it. */
  CONNECT("connect", Suite.CONNECT),
  /** A new client of the Milvus SDK, made as its documentation says, and the first RPC over it. */
  CONNECT_SDK("connect-sdk", Suite.CONNECT),
  /** A search with L2, nprobe 10, limit 10 that returns ids and distances. */
  SEARCH("search", Suite.SEARCH),
  /** The same search with limit 100 that returns the vectors too: the payload is what differs. */
  SEARCH_VECTORS("search-100-vectors", Suite.SEARCH);

  private final String id;
  private final Suite suite;

  Operation(String id, Suite suite) {
    this.id = id;
    this.suite = suite;
  }

  /** The first part of a cell's name. */
  public String id() {
    return id;
  }

  public Suite suite() {
    return suite;
  }

  @Override
  public String toString() {
    return id;
  }
}
