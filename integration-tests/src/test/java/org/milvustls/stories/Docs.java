package org.milvustls.stories;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.util.List;
import org.milvustls.client.SearchHit;
import org.milvustls.client.SearchQuery;

/** A small collection with one vector on each axis, so that every answer is known. */
final class Docs {
  static final String COLLECTION = "docs";
  private static final int DIMENSION = 4;

  private Docs() {}

  static void load(MilvusClientV2 client) {
    client.createCollection(
        CreateCollectionReq.builder()
            .collectionName(COLLECTION)
            .dimension(DIMENSION)
            .metricType("L2")
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build());
    client.insert(
        InsertReq.builder()
            .collectionName(COLLECTION)
            .data(List.of(row(0), row(1), row(2), row(3)))
            .build());
  }

  private static JsonObject row(int axis) {
    JsonArray vector = new JsonArray();
    for (int i = 0; i < DIMENSION; i++) {
      vector.add(i == axis ? 1f : 0f);
    }
    JsonObject row = new JsonObject();
    row.addProperty("id", axis);
    row.add("vector", vector);
    return row;
  }

  /** Asks for the vector on the third axis. */
  static SearchQuery query() {
    return SearchQuery.builder(COLLECTION, List.of(0f, 0f, 0.9f, 0f)).limit(1).build();
  }

  /** Whether it was found. */
  static boolean isAnswer(List<SearchHit> hits) {
    return hits.size() == 1 && String.valueOf(hits.get(0).id()).equals("2");
  }
}
