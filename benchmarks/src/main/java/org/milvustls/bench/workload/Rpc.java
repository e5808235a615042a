package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;

/** A kind of call over an open connection. One instance belongs to one arm. */
interface Rpc extends AutoCloseable {

  /** Number of different requests, sent in turn by their number from 0. */
  int requests();

  /**
   * Calls once and checks the answer. The check is not in the time.
   *
   * @return time of the call in ns
   */
  long call(MilvusClientV2 client, int number);

  /** Removes data that the calls left in the server, and ends threads. */
  @Override
  default void close() {}
}
