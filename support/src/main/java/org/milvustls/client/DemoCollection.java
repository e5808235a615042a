package org.milvustls.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.util.Random;
import java.util.stream.IntStream;

/** A small collection for a first search: the same vectors each time, indexed and loaded. */
public final class DemoCollection {
  public static final String NAME = "demo";
  public static final int VECTORS = 500;
  public static final int DIMENSION = 8;

  /** A field beside the vector, for {@code --output}. */
  public static final String TITLE = "title";

  private static final long SEED = 20;

  private DemoCollection() {}

  /**
   * Makes the collection. If one of that name exists, only loads it.
   *
   * @return whether it is new
   */
  public static boolean prepare(SecureMilvus milvus) {
    MilvusClientV2 client = milvus.client();
    boolean exists = client.hasCollection(HasCollectionReq.builder().collectionName(NAME).build());
    if (!exists) {
      // A search right after the insert finds all rows.
      client.createCollection(
          CreateCollectionReq.builder()
              .collectionName(NAME)
              .dimension(DIMENSION)
              .metricType("L2")
              .consistencyLevel(ConsistencyLevel.STRONG)
              .build());
      Random random = new Random(SEED);
      client.insert(
          InsertReq.builder()
              .collectionName(NAME)
              .data(IntStream.range(0, VECTORS).mapToObj(id -> row(id, random)).toList())
              .build());
    }
    client.loadCollection(LoadCollectionReq.builder().collectionName(NAME).build());
    return !exists;
  }

  private static JsonObject row(int id, Random random) {
    JsonArray vector = new JsonArray();
    Vectors.random(DIMENSION, random).forEach(vector::add);
    JsonObject row = new JsonObject();
    row.addProperty("id", id);
    row.add("vector", vector);
    row.addProperty(TITLE, "document " + id);
    return row;
  }
}
