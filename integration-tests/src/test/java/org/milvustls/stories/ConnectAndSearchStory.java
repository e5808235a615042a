package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SdkAsShipped;
import org.milvustls.client.SecureMilvus;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.ServerKind;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;

/** From an empty server to an answered search, in each mode and with each provider. */
@EachServerKind
class ConnectAndSearchStory {
  private static final String COLLECTION = "story";
  private static final int VECTORS = 500;
  private static final int DIMENSION = 16;

  private final Stage stage;

  ConnectAndSearchStory(ServerKind kind) {
    this.stage = Stage.of(kind);
  }

  @ParameterizedTest
  @CsvSource({"OFF, JDK", "SERVER, JDK", "SERVER, BORINGSSL", "MUTUAL, JDK", "MUTUAL, BORINGSSL"})
  void a_search_finds_the_vectors_it_asks_for(TlsMode mode, TlsProvider provider) {
    MilvusServer server = stage.server(mode);
    try (MilvusConnector connector =
            MilvusConnector.of(stage.settings(server, stage.tls(mode).provider(provider).build()));
        SecureMilvus milvus = connector.connect()) {
      assertThat(milvus.negotiated().map(NegotiatedSession::protocol).orElse("plaintext"))
          .isEqualTo(mode.isEncrypted() ? "TLSv1.3" : "plaintext");
      assertThat(milvus.negotiated().map(NegotiatedSession::provider).orElse("plaintext"))
          .startsWith(
              !mode.isEncrypted()
                  ? "plaintext"
                  : provider == TlsProvider.JDK ? "JDK" : "BoringSSL");
      searches(milvus.client());
    }
  }

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void the_sdk_as_shipped_searches_too(TlsMode mode) {
    MilvusClientV2 client =
        SdkAsShipped.connect(stage.settings(stage.server(mode), stage.tls(mode).build()));
    try {
      searches(client);
    } finally {
      client.close();
    }
  }

  /** The first on a server fills the collection, which goes with the server. */
  private static void searches(MilvusClientV2 client) {
    List<float[]> vectors = vectors();
    if (!client.hasCollection(HasCollectionReq.builder().collectionName(COLLECTION).build())) {
      create(client);
      client.insert(InsertReq.builder().collectionName(COLLECTION).data(rows(vectors)).build());
    }
    for (int id : new int[] {0, VECTORS / 2, VECTORS - 1}) {
      List<SearchResult> found = search(client, vectors.get(id));
      assertThat(found).hasSize(10);
      assertThat(found.get(0).getId()).isEqualTo((long) id);
      assertThat(found.get(0).getScore()).isZero();
      assertThat(found).extracting(SearchResult::getScore).isSorted();
    }
  }

  private static void create(MilvusClientV2 client) {
    CreateCollectionReq.CollectionSchema schema =
        CreateCollectionReq.CollectionSchema.builder().build();
    schema.addField(
        AddFieldReq.builder().fieldName("id").dataType(DataType.Int64).isPrimaryKey(true).build());
    schema.addField(
        AddFieldReq.builder()
            .fieldName("vector")
            .dataType(DataType.FloatVector)
            .dimension(DIMENSION)
            .build());
    IndexParam index =
        IndexParam.builder()
            .fieldName("vector")
            .indexType(IndexParam.IndexType.IVF_FLAT)
            .metricType(IndexParam.MetricType.L2)
            .extraParams(Map.of("nlist", 16))
            .build();
    client.createCollection(
        CreateCollectionReq.builder()
            .collectionName(COLLECTION)
            .collectionSchema(schema)
            .indexParams(List.of(index))
            .build());
  }

  private static List<SearchResult> search(MilvusClientV2 client, float[] vector) {
    return client
        .search(
            SearchReq.builder()
                .collectionName(COLLECTION)
                .data(List.of(new FloatVec(vector)))
                .searchParams(Map.of("nprobe", 10))
                .limit(10)
                .consistencyLevel(ConsistencyLevel.STRONG)
                .build())
        .getSearchResults()
        .get(0);
  }

  private static List<float[]> vectors() {
    Random random = new Random(7);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < VECTORS; i++) {
      float[] vector = new float[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        vector[d] = random.nextFloat();
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static List<JsonObject> rows(List<float[]> vectors) {
    List<JsonObject> rows = new ArrayList<>();
    for (int id = 0; id < vectors.size(); id++) {
      JsonArray values = new JsonArray();
      for (float value : vectors.get(id)) {
        values.add(value);
      }
      JsonObject row = new JsonObject();
      row.addProperty("id", id);
      row.add("vector", values);
      rows.add(row);
    }
    return rows;
  }
}
