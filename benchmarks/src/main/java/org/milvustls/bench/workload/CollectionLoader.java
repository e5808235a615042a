package org.milvustls.bench.workload;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Dataset;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;

/** Loads a collection into a Milvus, records the answers of its searches, and drops it. */
public final class CollectionLoader {
  /** Clusters of the index; a search reads {@link SearchQuery#NPROBE} of them. */
  private static final int NLIST = 128;

  private static final int BATCH = 1000;
  private static final double LEAST_RECALL = 0.5;
  private static final Duration STEP = Duration.ofSeconds(60);

  /** Pause between polls of a restarted Milvus, which has no event for readiness. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private CollectionLoader() {}

  /**
   * Creates the collection with its vectors and an IVF_FLAT index, loads it, and writes the answers
   * of its searches. The collection must not exist. If the spec already has the answers of another
   * server, this server's must be the same.
   *
   * @param credentials files of a client; needed when the endpoint has TLS
   * @param answers file to write
   * @return the spec with its answers
   * @throws MilvusTlsException when Milvus refuses a step, or its answers differ from those of the
   *     earlier server
   */
  public static CollectionSpec load(
      Endpoint endpoint, Optional<Credentials> credentials, CollectionSpec spec, Path answers) {
    try (MilvusConnector connector = Connections.unmeasured(endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      MilvusClientV2 client = milvus.client();
      refuseToOverwrite(client, spec);
      Vectors vectors = new Vectors(spec);
      create(client, spec);
      insert(client, spec, vectors);
      index(client, spec);
      List<List<Long>> ids = searchAll(client, spec, vectors);
      if (spec.answers().isPresent()) {
        requireSame(endpoint, spec, ids);
        return spec;
      }
      double recall = Recall.of(spec, vectors, ids);
      requireRecall(spec, recall);
      new Answers(
              spec.name(),
              spec.vectors(),
              spec.dimension(),
              spec.seed(),
              SearchQuery.NPROBE,
              recall,
              ids)
          .write(answers);
      return new CollectionSpec(
          spec.name(), spec.vectors(), spec.dimension(), spec.seed(), Optional.of(answers));
    }
  }

  /**
   * Loads several collections, as {@link #load} does.
   *
   * @param folder for the answers
   * @return the specs with their answers
   */
  public static Map<Dataset, CollectionSpec> loadAll(
      Endpoint endpoint,
      Optional<Credentials> credentials,
      Map<Dataset, CollectionSpec> specs,
      Path folder) {
    Map<Dataset, CollectionSpec> loaded = new LinkedHashMap<>();
    specs.forEach(
        (dataset, spec) ->
            loaded.put(
                dataset,
                load(
                    endpoint,
                    credentials,
                    spec,
                    folder.resolve("answers-" + dataset.dimension() + ".json"))));
    return loaded;
  }

  private static void refuseToOverwrite(MilvusClientV2 client, CollectionSpec spec) {
    if (client.hasCollection(HasCollectionReq.builder().collectionName(spec.name()).build())) {
      throw MilvusTlsException.failure("Milvus has a collection of this name already")
          .seen(spec.name())
          .next("drop it if it is left from an earlier run, or name another Milvus")
          .build();
    }
  }

  static void create(MilvusClientV2 client, CollectionSpec spec) {
    CreateCollectionReq.CollectionSchema schema =
        CreateCollectionReq.CollectionSchema.builder().build();
    schema.addField(
        AddFieldReq.builder()
            .fieldName(SearchQuery.ID)
            .dataType(DataType.Int64)
            .isPrimaryKey(true)
            .autoID(false)
            .build());
    schema.addField(
        AddFieldReq.builder()
            .fieldName(SearchQuery.VECTOR)
            .dataType(DataType.FloatVector)
            .dimension(spec.dimension())
            .build());
    client.createCollection(
        CreateCollectionReq.builder()
            .collectionName(spec.name())
            .collectionSchema(schema)
            .numShards(1)
            .build());
  }

  private static void insert(MilvusClientV2 client, CollectionSpec spec, Vectors vectors) {
    for (int from = 0; from < spec.vectors(); from += BATCH) {
      List<JsonObject> rows = new ArrayList<>(BATCH);
      for (int id = from; id < Math.min(from + BATCH, spec.vectors()); id++) {
        rows.add(row(id, vectors.stored(id)));
      }
      long inserted =
          client
              .insert(InsertReq.builder().collectionName(spec.name()).data(rows).build())
              .getInsertCnt();
      if (inserted != rows.size()) {
        throw MilvusTlsException.failure("Milvus took " + inserted + " vectors of " + rows.size())
            .build();
      }
    }
  }

  static JsonObject row(int id, float[] vector) {
    JsonArray numbers = new JsonArray(vector.length);
    for (float number : vector) {
      numbers.add(number);
    }
    JsonObject row = new JsonObject();
    row.addProperty(SearchQuery.ID, id);
    row.add(SearchQuery.VECTOR, numbers);
    return row;
  }

  /** The SDK waits for the end of each step, within its limit. */
  private static void index(MilvusClientV2 client, CollectionSpec spec) {
    client.flush(
        FlushReq.builder()
            .collectionNames(List.of(spec.name()))
            .waitFlushedTimeoutMs(STEP.toMillis())
            .build());
    client.createIndex(
        CreateIndexReq.builder()
            .collectionName(spec.name())
            .indexParams(
                List.of(
                    IndexParam.builder()
                        .fieldName(SearchQuery.VECTOR)
                        .indexType(IndexParam.IndexType.IVF_FLAT)
                        .metricType(IndexParam.MetricType.L2)
                        .extraParams(Map.of("nlist", NLIST))
                        .build()))
            .sync(true)
            .timeout(STEP.toMillis())
            .build());
    client.loadCollection(
        LoadCollectionReq.builder()
            .collectionName(spec.name())
            .sync(true)
            .timeout(STEP.toMillis())
            .build());
  }

  private static List<List<Long>> searchAll(
      MilvusClientV2 client, CollectionSpec spec, Vectors vectors) {
    List<List<Long>> all = new ArrayList<>(Vectors.QUERIES);
    for (int i = 0; i < Vectors.QUERIES; i++) {
      List<Long> ids =
          SearchQuery.ids(
              client.search(SearchQuery.ALL_IDS.request(spec, List.of(vectors.query(i)))));
      if (ids.size() != SearchQuery.ALL_IDS.limit()) {
        throw MilvusTlsException.failure(
                "a search of the new collection found " + ids.size() + " vectors")
            .allowed(String.valueOf(SearchQuery.ALL_IDS.limit()))
            .build();
      }
      all.add(ids);
    }
    return all;
  }

  /** Refuses a low recall: searches that miss the nearest vectors measure nothing useful. */
  private static void requireRecall(CollectionSpec spec, double recall) {
    if (recall < LEAST_RECALL) {
      throw MilvusTlsException.failure(
              "searches of collection "
                  + spec.name()
                  + " miss too many of the nearest vectors that a search of all finds (recall)")
          .seen(recall)
          .allowed(LEAST_RECALL + " to 1")
          .build();
    }
  }

  private static void requireSame(Endpoint endpoint, CollectionSpec spec, List<List<Long>> ids) {
    List<List<Long>> expected = Answers.of(spec).ids();
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).equals(expected.get(i))) {
        throw MilvusTlsException.failure(
                "Milvus at "
                    + endpoint.host()
                    + ":"
                    + endpoint.port()
                    + " answers query "
                    + i
                    + " otherwise than the server before it, on the same vectors")
            .seen(ids.get(i).subList(0, 10))
            .allowed(expected.get(i).subList(0, 10).toString())
            .next("compare servers of one version and one configuration")
            .build();
      }
    }
  }

  /**
   * Waits until every query is answered as expected. After a restart Milvus reports that it is
   * healthy before its query node has loaded the collection again.
   *
   * @throws MilvusTlsException after {@code limit}, with the last error
   */
  public static void awaitSearchable(
      Endpoint endpoint, Optional<Credentials> credentials, CollectionSpec spec, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    RuntimeException last;
    do {
      try {
        requireAnswers(endpoint, credentials, spec);
        return;
      } catch (RuntimeException e) {
        last = e;
        pause();
      }
    } while (System.nanoTime() - end < 0);
    throw MilvusTlsException.failure(
            "collection "
                + spec.name()
                + " is not searchable after "
                + limit.toSeconds()
                + " s on "
                + endpoint.host()
                + ":"
                + endpoint.port())
        .seen(String.valueOf(last.getMessage()))
        .cause(last)
        .build();
  }

  private static void requireAnswers(
      Endpoint endpoint, Optional<Credentials> credentials, CollectionSpec spec) {
    try (MilvusConnector connector = Connections.unmeasured(endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      requireSame(endpoint, spec, searchAll(milvus.client(), spec, new Vectors(spec)));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkloadException("interrupted while waiting for Milvus", e);
    }
  }

  /** Whether the server has a collection of that name. */
  public static boolean has(
      Endpoint endpoint, Optional<Credentials> credentials, CollectionSpec spec) {
    try (MilvusConnector connector = Connections.unmeasured(endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      return milvus
          .client()
          .hasCollection(HasCollectionReq.builder().collectionName(spec.name()).build());
    }
  }

  /** The version that the server reports. */
  public static String version(Endpoint endpoint, Optional<Credentials> credentials) {
    try (MilvusConnector connector = Connections.unmeasured(endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      return milvus.client().getServerVersion();
    }
  }

  /** Drops the collection; a missing one is no error. */
  public static void drop(
      Endpoint endpoint, Optional<Credentials> credentials, CollectionSpec spec) {
    try (MilvusConnector connector = Connections.unmeasured(endpoint, credentials);
        SecureMilvus milvus = connector.connect()) {
      drop(milvus.client(), spec);
    }
  }

  static void drop(MilvusClientV2 client, CollectionSpec spec) {
    client.dropCollection(DropCollectionReq.builder().collectionName(spec.name()).build());
  }
}
