package org.milvustls.bench.workload;

import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.response.InsertResp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Inserts a batch of vectors into a collection of its own, which searches do not use. Closing drops
 * it.
 */
final class InsertRpc implements Rpc {
  static final int BATCH = 100;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final CollectionSpec spec;
  private final Runnable drop;
  private final Vectors vectors;
  private int id;

  /**
   * Creates the collection.
   *
   * @param searched gives name and dimension; the name gets a suffix of this process
   * @param client creates and drops it over its connection
   */
  InsertRpc(CollectionSpec searched, MilvusClientV2 client) {
    this.spec =
        searched.named(
            searched.name()
                + "_insert_"
                + ProcessHandle.current().pid()
                + "_"
                + NUMBER.incrementAndGet());
    this.vectors = new Vectors(spec);
    CollectionLoader.create(client, spec);
    this.drop = () -> CollectionLoader.drop(client, spec);
  }

  CollectionSpec collection() {
    return spec;
  }

  @Override
  public int requests() {
    return 1;
  }

  @Override
  public long call(MilvusClientV2 client, int number) {
    List<JsonObject> rows = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      rows.add(CollectionLoader.row(id, vectors.stored(id % spec.vectors())));
      id++;
    }
    InsertReq request = InsertReq.builder().collectionName(spec.name()).data(rows).build();
    long start = System.nanoTime();
    InsertResp answer = client.insert(request);
    long took = System.nanoTime() - start;
    if (answer.getInsertCnt() != BATCH) {
      throw new WorkloadException(
          "inserted " + BATCH + " vectors, Milvus took " + answer.getInsertCnt());
    }
    return took;
  }

  @Override
  public void close() {
    drop.run();
  }
}
