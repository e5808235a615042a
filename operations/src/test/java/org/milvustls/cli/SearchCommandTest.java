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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2", "1, 2]", "[[1, 2]]", "[1, 2] [3, 4]"})
  void brackets_that_do_not_match_are_an_error_of_usage(String text) throws Exception {
    assertThat(runWith(text)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "milvus-tls: the text is not one vector: its brackets do not match: '"
                + text
                + "'; allowed: [0.1, 0.2, ...] or 0.1 0.2 ...\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,, 2]   | not a number in the vector: ''",
        "1, 2,     | not a number in the vector: ''",
        "[NaN, 1]  | not a number in the vector: 'NaN'",
        "0x1p3 1   | not a number in the vector: '0x1p3'",
        "[1e99, 1] | a number of the vector is too large for 32 bits: '1e99'",
        "[]        | no number in the vector",
        "[1, 2, 3] | the vector has another dimension than the collection: '3'; allowed: 2"
      })
  void a_bad_vector_is_one_message(String text, String says) throws Exception {
    assertThat(runWith(text)).isEqualTo(2);
    assertThat(err.toString()).startsWith("milvus-tls: " + says).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--metric      | IP      | 2 | the index was built for another metric: 'IP'; allowed: L2",
        "--metric      | BM25    | 2 | unknown metric: 'BM25'; allowed: L2, IP, COSINE",
        "--nprobe      | 0       | 2 | not a number of candidates: '0'; allowed: 1 to 2147483647",
        "--limit       | 0       | 2 | not a number of hits: '0'; allowed: 1 to 16384",
        "--field       | x       | 2 | which vector field of docs is meant?: 'x'; allowed: vector",
        "--filter      | title > | 3 | Milvus refused the search: failed to create query plan",
        "--collection  | a b     | 2 | Milvus does not tell of this collection: Invalid collection"
      })
  void a_bad_option_is_one_message(String option, String value, int exit, String says) {
    String collection = option.equals("--collection") ? value : "docs";
    List<String> options = new ArrayList<>(List.of("--collection", collection, "--random"));
    if (!option.equals("--collection")) {
      options.addAll(List.of(option, value));
    }
    assertThat(run(options.toArray(String[]::new))).isEqualTo(exit);
    assertThat(err.toString()).startsWith("milvus-tls: " + says).doesNotContain("unexpected");
  }

  @Test
  void a_file_that_cannot_be_read_is_explained() throws Exception {
    Path binary = Files.write(folder.resolve("vector.bin"), new byte[] {(byte) 0xff, 0, 1});
    for (String file : List.of(folder.resolve("none").toString(), folder.toString(), binary + "")) {
      assertThat(run("--collection", "docs", "--vector", file)).isEqualTo(3);
    }
    assertThat(err.toString())
        .contains("the vector cannot be read, no such file: '" + folder.resolve("none") + "'")
        .contains("the vector cannot be read, it is a folder: '" + folder + "'")
        .contains("the vector cannot be read, it is not text in UTF-8: '" + binary + "'")
        .contains("next: name a text file with numbers, or '-' for stdin");
  }

  /** The SDK logs what it throws; whoever runs the command must not read it twice. */
  @Test
  void a_refused_search_is_one_message_on_a_terminal() throws Exception {
    Path errors = folder.resolve("errors.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The options that the script milvus-tls gives.
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            MilvusTls.class.getName(),
            "search",
            "--port",
            Integer.toString(server.port()),
            "--ca",
            real.certificates().trustAnchors().toString(),
            "--collection",
            "docs",
            "--vector",
            Files.writeString(folder.resolve("three.json"), "[1, 2, 3]").toString()));
    Process search = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    assertThat(search.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(errors))
        .isEqualTo(
            "milvus-tls: the vector has another dimension than the collection: '3'; allowed: 2"
                + " (field vector of docs)\n");
  }

  private int runWith(String vector) throws Exception {
    Path file = Files.writeString(folder.resolve("bad.json"), vector);
    return run("--collection", "docs", "--vector", file.toString());
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
