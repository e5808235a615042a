package org.milvustls.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.RealMilvus;
import org.milvustls.client.SecureMilvus;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.TlsMode;

/** Against a real Milvus in server-authenticated mode. */
class SearchCommandTest {
  private static Path folder;
  private static RealMilvus real;
  private static MilvusServer server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void fill(@TempDir Path shared) {
    folder = shared;
    real = new RealMilvus(folder);
    server = real.start(TlsMode.SERVER);
    try (SecureMilvus milvus =
        SecureMilvus.connect(
            ConnectionSettings.builder("localhost", server.port(), real.tls(TlsMode.SERVER).build())
                .build())) {
      MilvusClientV2 client = milvus.client();
      client.createCollection(
          CreateCollectionReq.builder()
              .collectionName("docs")
              .dimension(2)
              .metricType("L2")
              .build());
      List<JsonObject> rows = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        JsonObject row = new JsonObject();
        row.addProperty("id", i);
        row.addProperty("title", "page " + i);
        JsonArray vector = new JsonArray();
        vector.add(i);
        vector.add(0);
        row.add("vector", vector);
        rows.add(row);
      }
      client.insert(InsertReq.builder().collectionName("docs").data(rows).build());
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of("search", "--consistency", "strong"));
    all.addAll(List.of("--port", Integer.toString(server.port())));
    all.addAll(List.of("--ca", real.certificates().trustAnchors().toString()));
    all.addAll(List.of(args));
    return MilvusTls.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void prints_a_table_and_says_over_what_it_ran() throws Exception {
    Path vector = Files.writeString(folder.resolve("vector.json"), "[3.2, 0]");
    int exit =
        run(
            "--collection",
            "docs",
            "--vector",
            vector.toString(),
            "--limit",
            "2",
            "--output",
            "title");
    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).startsWith("rank  id").endsWith("score  title");
              assertThat(lines.get(1)).startsWith("   1  3 ").endsWith("0.040000  page 3");
              assertThat(lines.get(2)).startsWith("   2  4 ").endsWith("0.640000  page 4");
            });
    assertThat(err.toString())
        .startsWith("over TLSv1.3, TLS_AES_128_GCM_SHA256 by BoringSSL")
        .contains("server 'CN=milvus");
  }

  @Test
  void prints_json_for_a_random_vector() throws Exception {
    int exit = run("--collection", "docs", "--random", "--json");
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(exit).isZero();
    assertThat(json.get("hits")).hasSize(5);
    assertThat(json.get("hits").get(0).get("id").isIntegralNumber()).isTrue();
    assertThat(json.get("over").asText()).startsWith("over TLSv1.3");
  }

  @Test
  void an_unknown_collection_is_an_error_of_usage() {
    assertThat(run("--collection", "dogs", "--random")).isEqualTo(2);
    assertThat(err.toString()).contains("no such collection: 'dogs'; allowed: docs");
  }

  @Test
  void a_file_that_holds_no_vector_is_an_error_of_usage() throws Exception {
    Path vector = Files.writeString(folder.resolve("words.txt"), "one two");
    assertThat(run("--collection", "docs", "--vector", vector.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("not a number in the vector: 'one'");
  }

  @Test
  void a_connection_that_fails_is_an_answer() {
    assertThat(run("--collection", "docs", "--random", "--server-name", "other.test")).isEqualTo(1);
    assertThat(err.toString())
        .contains("is for localhost, 127.0.0.1, not for 'other.test'")
        .contains("next: connect by one of its names");
  }

  @Test
  void neither_a_vector_nor_chance_is_an_error_of_usage() {
    assertThat(run("--collection", "docs")).isEqualTo(2);
    assertThat(err.toString()).contains("--vector").contains("--random");
  }
}
