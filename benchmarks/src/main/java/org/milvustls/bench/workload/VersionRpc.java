package org.milvustls.bench.workload;

import io.milvus.v2.client.MilvusClientV2;

/**
 * Calls {@code GetVersion}. The proxy answers from memory, so that only transport and TLS remain.
 */
final class VersionRpc implements Rpc {
  @Override
  public int requests() {
    return 1;
  }

  @Override
  public long call(MilvusClientV2 client, int number) {
    long start = System.nanoTime();
    String version = client.getServerVersion();
    long took = System.nanoTime() - start;
    if (version == null || version.isBlank()) {
      throw new WorkloadException("the server did not say its version");
    }
    return took;
  }
}
