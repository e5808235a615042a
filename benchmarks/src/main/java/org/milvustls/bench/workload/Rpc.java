package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;

/** A kind of call over an open connection. One instance belongs to one arm. */
interface Rpc extends AutoCloseable {

  /** Different requests that are asked in turn, by their number from 0. */
  int requests();

  /**
   * Calls once and checks the answer, which is not in the time.
   *
   * @return time of the call in ns
   */
  long call(MilvusClientV2 client, int number);

  /** Takes back what the calls have left in the server, and ends threads. */
  @Override
  default void close() {}
}
