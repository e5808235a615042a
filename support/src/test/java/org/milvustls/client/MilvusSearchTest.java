package org.milvustls.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafStorage;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.HandshakeFailure.Reason;
import org.milvustls.tls.TlsMode;

/** Against a real Milvus in mutual mode that is restarted under way. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class MilvusSearchTest {
  private static final int DIMENSION = 4;

  private static RealMilvus real;
  private static MilvusServer server;

  @BeforeAll
  static void fill(@TempDir Path folder) {
    real = new RealMilvus(folder);
    server = real.start(TlsMode.MUTUAL);
    try (SecureMilvus milvus = SecureMilvus.connect(settings())) {
      create(milvus.client(), "docs");
      create(milvus.client(), "released");
      milvus
          .client()
          .releaseCollection(ReleaseCollectionReq.builder().collectionName("released").build());
    }
  }

  private static void create(MilvusClientV2 client, String name) {
    client.createCollection(
        CreateCollectionReq.builder()
            .collectionName(name)
            .dimension(DIMENSION)
            .metricType("L2")
            .build());
    List<JsonObject> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      JsonObject row = new JsonObject();
      row.addProperty("id", i);
      row.add("vector", new Gson().toJsonTree(vector(i)));
      rows.add(row);
    }
    client.insert(InsertReq.builder().collectionName(name).data(rows).build());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static ConnectionSettings settings() {
    return ConnectionSettings.builder("localhost", server.port(), real.tls(TlsMode.MUTUAL).build())
        .connectTimeout(Duration.ofMinutes(1))
        .build();
  }

  private static List<Float> vector(int number) {
    return List.of((float) number, 0f, 0f, 0f);
  }

  private static SearchQuery.Builder query(int number) {
    return SearchQuery.builder("docs", vector(number)).consistency("strong");
  }

  @Test
  void finds_the_nearest_first() {
    try (MilvusSearch search = MilvusSearch.open(settings())) {
      List<SearchHit> hits = search.search(query(7).limit(3).filter("id < 8").build());
      assertThat(hits).extracting(SearchHit::id).containsExactly(7L, 6L, 5L);
      assertThat(hits).extracting(SearchHit::score).containsExactly(0f, 1f, 4f);
      assertThat(search.dimension("docs", Optional.empty())).isEqualTo(DIMENSION);
      assertThat(search.connection().negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    }
  }

  @Nested
  @Order(1)
  class Says_why_not {
    private void refused(SearchQuery query, String... words) {
      try (MilvusSearch search = MilvusSearch.open(settings())) {
        assertThatThrownBy(() -> search.search(query))
            .isInstanceOf(MilvusTlsException.class)
            .hasMessageContainingAll(words);
      }
    }

    @Test
    void unknown_collection() {
      refused(
          SearchQuery.builder("dogs", vector(1)).build(),
          "no such collection: 'dogs'",
          "docs",
          "check the name and the database");
    }

    @Test
    void wrong_dimension() {
      refused(
          SearchQuery.builder("docs", List.of(1f, 2f)).build(),
          "another dimension than the collection: '2'; allowed: 4 (field vector of docs)");
    }

    @Test
    void not_loaded() {
      refused(
          SearchQuery.builder("released", vector(1)).build(),
          "the collection is not loaded into memory: 'released'");
    }

    @Test
    void another_metric_than_that_of_the_index() {
      refused(
          query(1).metric("ip").build(),
          "the index was built for another metric: 'ip'; allowed: L2");
    }

    @Test
    void no_such_metric() {
      refused(query(1).metric("manhattan").build(), "unknown metric: 'manhattan'; allowed: ");
    }

    @Test
    void a_broken_filter() {
      refused(query(1).filter("id <").build(), "Milvus refused the search", "check filter");
    }
  }

  /** Last: for a while after a restart a collection is not loaded yet. */
  @Nested
  @Order(2)
  class Over_a_restart {
    @Test
    void with_a_renewed_certificate_searches_go_on_by_themselves() throws Exception {
      try (MilvusSearch search = MilvusSearch.open(settings())) {
        BigInteger before = search.connection().peerChain().get(0).getSerialNumber();
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(5);
        CompletableFuture<Void> searches =
            CompletableFuture.runAsync(
                () -> {
                  while (!stop.get()) {
                    assertThat(search.search(query(3).build()).get(0).id()).isEqualTo(3L);
                    done.incrementAndGet();
                    running.countDown();
                  }
                });
        assertThat(running.await(5, TimeUnit.MINUTES)).as("searches run").isTrue();
        real.certificates()
            .replace(
                LeafRequest.server("milvus", HostName.listOf("localhost", "127.0.0.1")),
                LeafStorage.DEFAULT);
        server.restart();
        int atRestart = done.get();
        assertThat(search.search(query(4).build()).get(0).id()).isEqualTo(4L);
        stop.set(true);
        searches.get(5, TimeUnit.MINUTES);
        assertThat(done.get()).isGreaterThanOrEqualTo(atRestart);
        assertThat(search.connection().peerChain().get(0).getSerialNumber()).isNotEqualTo(before);
      }
    }

    @Test
    void a_server_that_stays_away_is_given_up_with_the_reason() {
      MilvusServer other = real.start(TlsMode.SERVER);
      ConnectionSettings settings =
          ConnectionSettings.builder("localhost", other.port(), real.tls(TlsMode.SERVER).build())
              .connectTimeout(Duration.ofSeconds(2))
              .build();
      try (MilvusSearch search = MilvusSearch.open(settings, Duration.ofSeconds(1))) {
        other.close();
        assertThatThrownBy(() -> search.search(query(1).build()))
            .isInstanceOfSatisfying(
                ConnectionFailedException.class,
                e ->
                    assertThat(e.failure().orElseThrow().reason())
                        .isEqualTo(Reason.CONNECTION_REFUSED));
      } finally {
        other.close();
      }
    }
  }

  @Test
  void a_client_takes_up_a_renewed_certificate_of_its_own() {
    try (MilvusConnector connector = MilvusConnector.of(settings())) {
      try (SecureMilvus milvus = connector.connect()) {
        assertThat(milvus.client().listCollections().getCollectionNames()).contains("docs");
      }
      String before = connector.identity().orElseThrow().toString();
      BigInteger serial = connector.identity().orElseThrow().leaf().getSerialNumber();
      real.certificates().replace(LeafRequest.client("search"), LeafStorage.DEFAULT);
      try (SecureMilvus milvus = connector.connect()) {
        assertThat(milvus.client().listCollections().getCollectionNames()).contains("docs");
      }
      assertThat(connector.identity().orElseThrow().toString()).isEqualTo(before);
      assertThat(connector.identity().orElseThrow().leaf().getSerialNumber()).isNotEqualTo(serial);
    }
  }
}
