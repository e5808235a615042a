package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.milvus.v2.client.MilvusClientV2;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.Patience;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.CipherSuite;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.BundledBoringSsl;
import org.milvustls.client.MilvusConnector;
import org.milvustls.client.SecureMilvus;
import org.milvustls.tls.NegotiatedSession;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;

/** Against a real embedded Milvus in each mode. */
class MilvusWorkloadsTest {
  @TempDir static Path folder;

  private static @Nullable LoadedMilvus milvus;

  /** What clients of the SDK say in the end of a server with another name; each takes 10 s. */
  private static List<CompletableFuture<String>> sdkRefusals = List.of();

  @BeforeAll
  static void start() {
    milvus = new LoadedMilvus(folder, TlsMode.values());
    ExecutorService threads = Executors.newCachedThreadPool();
    sdkRefusals =
        Stream.of(
                cell(Operation.CONNECT_SDK, TlsMode.SERVER, ClientProvider.JDK),
                cell(Operation.CONNECT_SDK_RESTORED, TlsMode.SERVER, ClientProvider.BORINGSSL),
                cell(Operation.CONNECT_SDK_EARLIER, TlsMode.SERVER, ClientProvider.BORINGSSL))
            .map(cell -> CompletableFuture.supplyAsync(() -> refusal(cell), threads))
            .toList();
    threads.shutdown();
  }

  private static String refusal(Cell cell) {
    return String.valueOf(catchThrowable(() -> performOnce(cell, underAnotherName())));
  }

  @AfterAll
  static void stop() {
    if (milvus != null) {
      milvus.close();
    }
  }

  private static LoadedMilvus milvus() {
    return Objects.requireNonNull(milvus);
  }

  private static Workload open(Cell cell) {
    return Workloads.open(cell, cell.mode().id(), milvus().target());
  }

  private static Cell cell(Operation operation, TlsMode mode, ClientProvider provider) {
    return mode.isEncrypted()
        ? Cell.secured(operation, mode, Cell.Tls.base(provider))
        : Cell.plaintext(operation);
  }

  private static Cell socket(TlsMode mode, ClientProvider provider, TlsProtocol protocol) {
    return Cell.secured(Operation.HANDSHAKE_SOCKET, mode, Cell.Tls.base(provider).with(protocol));
  }

  private static void handshakes(Cell cell, Target target) {
    try (Workload workload = Workloads.open(cell, cell.mode().id(), target)) {
      Workload.Observation seen = workload.observe();
      assertThat(seen.negotiated().orElseThrow().resumed()).isFalse();
      assertThat(seen.wire().orElseThrow().sent()).isGreaterThan(200);
      long took = workload.perform();
      assertThat(workload.parts()).containsExactly("tcp", "tls", "http2");
      assertThat(took)
          .isEqualTo(workload.lastPart(0) + workload.lastPart(1) + workload.lastPart(2));
      for (int part = 0; part < 3; part++) {
        assertThat(workload.lastPart(part)).isPositive();
      }
      assertThat(workload.lastSides()).isEmpty();
    } catch (MilvusTlsException e) {
      assertThat(e.kind()).isEqualTo(MilvusTlsException.Kind.USAGE);
      assertThat(cell.tls().orElseThrow().provider().ofLibrary()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientProvider.class)
  void every_provider_shakes_hands_over_a_socket(ClientProvider provider) {
    Target target = milvus().target();
    handshakes(socket(TlsMode.SERVER, provider, TlsProtocol.TLS_1_3), target);
    handshakes(socket(TlsMode.SERVER, provider, TlsProtocol.TLS_1_2), target);
    handshakes(socket(TlsMode.MUTUAL, provider, TlsProtocol.TLS_1_3), target);
  }

  @ParameterizedTest
  @EnumSource(ClientProvider.class)
  void a_wrong_name_fails_over_a_socket(ClientProvider provider) {
    Target right = milvus().target();
    Target wrong =
        new Target(
            right.servers(),
            milvus()
                .credentials()
                .map(
                    files ->
                        new Credentials(
                            files.trustAnchors(),
                            files.client(),
                            Optional.of("other.example.org"))),
            Map.of());
    Cell cell = socket(TlsMode.SERVER, provider, TlsProtocol.TLS_1_3);
    try (Workload workload = Workloads.open(cell, cell.mode().id(), wrong)) {
      assertThatThrownBy(workload::perform)
          .isInstanceOf(WorkloadException.class)
          .hasMessageContaining(
              provider == ClientProvider.BORINGSSL_SDK
                  ? "the handshake failed"
                  : "other.example.org");
    } catch (MilvusTlsException e) {
      assertThat(provider.ofLibrary()).isEmpty();
    }
  }

  @Test
  void a_handshake_over_a_socket_that_milvus_refuses_fails_though_the_client_has_finished() {
    Target right = milvus().target();
    // The server of mode mutual, asked as one of mode server: no certificate is shown.
    Target other =
        new Target(
            Map.of("server", Objects.requireNonNull(right.servers().get("mutual"))),
            milvus().credentials(),
            Map.of());
    Cell cell = socket(TlsMode.SERVER, ClientProvider.JDK, TlsProtocol.TLS_1_3);
    try (Workload workload = Workloads.open(cell, cell.mode().id(), other)) {
      assertThatThrownBy(workload::perform)
          .isInstanceOf(WorkloadException.class)
          .hasMessageContaining("bad_certificate");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, OFF, JDK",
    "CONNECT, SERVER, JDK",
    "CONNECT, SERVER, BORINGSSL",
    "CONNECT, MUTUAL, JDK",
    "CONNECT, MUTUAL, BORINGSSL",
    "CONNECT_SDK, OFF, JDK",
    "CONNECT_SDK, SERVER, JDK",
    "CONNECT_SDK, MUTUAL, JDK",
    "SEARCH, OFF, JDK",
    "SEARCH, SERVER, JDK",
    "SEARCH, SERVER, BORINGSSL",
    "SEARCH, MUTUAL, JDK",
    "SEARCH, MUTUAL, BORINGSSL",
    "SEARCH_VECTORS, OFF, JDK",
    "SEARCH_VECTORS, MUTUAL, BORINGSSL",
    "RPC, OFF, JDK",
    "RPC, SERVER, BORINGSSL",
    "SEARCH_NQ_10, OFF, JDK",
    "SEARCH_NQ_100, SERVER, JDK",
    "SEARCH_16_CALLERS, OFF, JDK",
    "SEARCH_16_CALLERS, MUTUAL, BORINGSSL",
    "SEARCH_10_VECTORS, OFF, JDK",
    "SEARCH_VECTORS_768, SERVER, JDK",
    "SEARCH_VECTORS_1536, OFF, JDK",
    "INSERT, OFF, JDK",
    "INSERT, MUTUAL, JDK",
    "CONNECT_NEW_CONTEXT, SERVER, JDK",
    "CONNECT_NEW_CONTEXT, MUTUAL, BORINGSSL",
    "CONNECT_SDK_RESTORED, SERVER, BORINGSSL",
    "CONNECT_SDK_EARLIER, SERVER, BORINGSSL",
    "CONNECT_SDK_EARLIER, MUTUAL, BORINGSSL",
    "CONNECT_RTT_1, OFF, JDK",
    "CONNECT_RTT_10, SERVER, JDK"
  })
  void does_what_the_cell_says(Operation operation, TlsMode mode, ClientProvider provider) {
    Cell cell = cell(operation, mode, provider);
    try (Workload workload = open(cell)) {
      assertObserved(workload, mode);
      for (int i = 0; i < 3; i++) {
        assertThat(workload.perform()).isPositive();
      }
    }
  }

  private static void assertObserved(Workload workload, TlsMode mode) {
    Workload.Observation seen = workload.observe();
    assertThat(seen.negotiated().isPresent()).isEqualTo(mode.isEncrypted());
    assertThat(seen.wire().orElseThrow().sent()).isPositive();
    assertThat(seen.wire().orElseThrow().received()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"OFF, 3", "SERVER, 4", "MUTUAL, 4"})
  void splits_a_connect_into_its_steps(TlsMode mode, int steps) {
    try (Workload workload = open(cell(Operation.CONNECT, mode, ClientProvider.JDK))) {
      long took = workload.perform();
      long sum = 0;
      for (int i = 0; i < workload.parts().size(); i++) {
        assertThat(workload.lastPart(i)).as(workload.parts().get(i)).isPositive();
        sum += workload.lastPart(i);
      }

      assertThat(workload.parts()).hasSize(steps).startsWith("tcp").endsWith("http2", "rpc");
      assertThat(sum).isLessThanOrEqualTo(took);
    }
  }

  @Test
  void the_sdk_as_shipped_has_no_boringssl_in_a_jvm_in_which_our_channels_have_it() {
    assertThat(BundledBoringSsl.isAvailable()).isTrue();
    try (Workload workload =
        open(cell(Operation.CONNECT_SDK, TlsMode.SERVER, ClientProvider.JDK))) {
      NegotiatedSession seen = workload.observe().negotiated().orElseThrow();
      assertThat(seen.provider()).startsWith("JDK ");
      assertThat(seen.protocol()).isEqualTo("TLSv1.3");
    }
    try (Workload workload =
        open(cell(Operation.CONNECT_SDK, TlsMode.SERVER, ClientProvider.BORINGSSL))) {
      assertThatThrownBy(workload::observe)
          .hasMessageContaining("provider asked: BoringSSL, negotiated: JDK");
    }
  }

  private static Target underAnotherName() {
    Target right = milvus().target();
    Credentials files = milvus().credentials().orElseThrow();
    return new Target(
        right.servers(),
        Optional.of(
            new Credentials(files.trustAnchors(), files.client(), Optional.of("another.example"))),
        right.collections());
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, SERVER, JDK",
    "CONNECT, SERVER, BORINGSSL",
    "CONNECT, MUTUAL, JDK",
    "CONNECT_NEW_CONTEXT, SERVER, BORINGSSL",
    "CONNECT_RTT_1, SERVER, JDK",
    "COLD_START, SERVER, BORINGSSL",
    "RPC, SERVER, JDK",
    "SEARCH, SERVER, BORINGSSL",
    "LOAD, SERVER, JDK"
  })
  void a_server_with_another_name_is_refused(
      Operation operation, TlsMode mode, ClientProvider provider) {
    Cell cell = cell(operation, mode, provider);
    assertThatThrownBy(() -> performOnce(cell, underAnotherName()))
        .isInstanceOf(WorkloadException.class)
        .hasMessageContaining(
            operation == Operation.COLD_START ? "ended before it answered" : "another.example");
  }

  @Test
  void the_client_of_the_open_loop_refuses_a_server_with_another_name() {
    Cell cell = cell(Operation.LOAD, TlsMode.SERVER, ClientProvider.BORINGSSL);
    assertThatThrownBy(() -> AsyncSearch.open(cell, "server", underAnotherName()))
        .hasMessageContaining("another.example");
  }

  /** It gives up after its time limit and does not say why. */
  @Test
  void the_sdk_refuses_a_server_with_another_name_in_every_version() {
    assertThat(sdkRefusals)
        .hasSize(3)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .succeedsWithin(Patience.LIMIT)
                    .asString()
                    .contains("DEADLINE_EXCEEDED"));
  }

  private static void performOnce(Cell cell, Target target) {
    try (Workload workload = Workloads.open(cell, cell.mode().id(), target)) {
      workload.perform();
    }
  }

  @ParameterizedTest
  @CsvSource({"OFF, JDK", "SERVER, JDK", "SERVER, BORINGSSL", "MUTUAL, JDK"})
  void a_cold_start_is_answered_and_its_cpu_is_that_of_the_new_jvm(
      TlsMode mode, ClientProvider provider) {
    try (Workload workload = open(cell(Operation.COLD_START, mode, provider))) {
      assertObserved(workload, mode);
      assertThat(workload.perform()).isPositive();
      Workload.Sides sides = workload.lastSides().orElseThrow();
      // A JVM with gRPC in it: some hundred ms, where this one's threads only wait.
      assertThat(sides.client().cpuNanos()).isGreaterThan(100_000_000L);
      assertThat(sides.client().allocatedBytes()).isGreaterThan(1_000_000L);
      assertThat(sides.server()).isEmpty();
    }
  }

  @Test
  void milvus_picks_the_cipher_suite_of_boringssl() {
    Cell cell =
        Cell.secured(
            Operation.CONNECT,
            TlsMode.SERVER,
            Cell.Tls.base(ClientProvider.BORINGSSL).with(CipherSuite.AES_256_GCM));
    try (Workload workload = open(cell)) {
      assertThatThrownBy(workload::perform)
          .hasMessageContaining(
              "cipher suite asked: TLS_AES_256_GCM_SHA384, negotiated: TLS_AES_128_GCM_SHA256");
    }
  }

  @Test
  void a_role_without_a_server_is_a_cell_that_is_not_available() {
    Cell cell = Cell.plaintext(Operation.CONNECT);
    assertThatThrownBy(() -> Workloads.open(cell, "off-control", milvus().target()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("there is no Milvus in this role: 'off-control'")
        .hasMessageContaining("allowed: mutual, off, server");
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER, JDK, TLS_1_3",
    "SERVER, BORINGSSL, TLS_1_3",
    "SERVER, BORINGSSL, TLS_1_2",
    "MUTUAL, JDK, TLS_1_3"
  })
  void a_resumed_connection_is_resumed_each_time(
      TlsMode mode, ClientProvider provider, TlsProtocol protocol) {
    Cell cell =
        Cell.secured(
            Operation.CONNECT,
            mode,
            Cell.Tls.base(provider).with(protocol).with(SessionReuse.TICKET));
    try (Workload workload = open(cell)) {
      assertThat(workload.observe().negotiated().orElseThrow().resumed()).isTrue();
      for (int i = 0; i < 5; i++) {
        assertThat(workload.perform()).isPositive();
      }
    }
  }

  @Test
  void the_jdk_resumes_no_session_of_tls_1_2_with_milvus_and_the_cell_says_so() {
    Cell cell =
        Cell.secured(
            Operation.CONNECT,
            TlsMode.SERVER,
            Cell.Tls.base(ClientProvider.JDK).with(TlsProtocol.TLS_1_2).with(SessionReuse.TICKET));
    assertThat(cell.impossible()).contains("lifetime hint is 0");
    try (Workload workload = open(cell)) {
      assertThatThrownBy(workload::perform).hasMessageContaining("negotiated: ");
    }
  }

  @Test
  void a_distance_is_in_every_round_trip_but_the_one_of_tcp() {
    try (Workload near = open(cell(Operation.CONNECT, TlsMode.OFF, ClientProvider.JDK));
        Workload far = open(cell(Operation.CONNECT_RTT_50, TlsMode.OFF, ClientProvider.JDK))) {
      near.perform();
      far.perform();

      // Two waits, for the server's SETTINGS and for the answer: at least half a trip and a trip.
      assertThat(far.perform()).isGreaterThan(75_000_000);
      assertThat(far.lastPart(0)).as("TCP, which the relay answers").isLessThan(50_000_000);
    }
  }

  @Test
  void inserts_go_into_a_collection_of_their_own_which_is_dropped() {
    Endpoint endpoint = milvus().endpoint(TlsMode.OFF);
    try (MilvusConnector connector = Connections.unmeasured(endpoint, milvus().credentials());
        SecureMilvus milvus = connector.connect()) {
      CollectionSpec own;
      try (InsertRpc insert = new InsertRpc(milvus().collection(), milvus.client())) {
        own = insert.collection();
        assertThat(own.name()).startsWith("workload_test_insert_");
        assertThat(insert.call(milvus.client(), 0)).isPositive();
        assertThat(CollectionLoader.has(endpoint, milvus().credentials(), own)).isTrue();
      }
      assertThat(CollectionLoader.has(endpoint, milvus().credentials(), own)).isFalse();
    }
    CollectionLoader.awaitSearchable(
        endpoint, milvus().credentials(), milvus().collection(), Patience.LIMIT);
  }

  @Test
  void more_callers_on_one_connection_take_longer_than_their_slowest_call_and_fail_as_one() {
    Rpc slow =
        new Rpc() {
          @Override
          public int requests() {
            return 4;
          }

          @Override
          public long call(MilvusClientV2 client, int number) {
            if (number == 3) {
              throw new WorkloadException("another answer");
            }
            return 1_000_000;
          }
        };
    try (ConcurrentRpc three = new ConcurrentRpc(slow, 3);
        ConcurrentRpc four = new ConcurrentRpc(slow, 4);
        ConcurrentRpc alone = new ConcurrentRpc(slow, 1)) {
      MilvusClientV2 none = new MilvusClientV2(null);
      assertThat(alone.call(none, 0)).isEqualTo(1_000_000);
      assertThat(three.call(none, 0)).isGreaterThanOrEqualTo(1_000_000);
      assertThatThrownBy(() -> four.call(none, 0))
          .isInstanceOf(WorkloadException.class)
          .hasMessage("another answer");
    }
  }

  @Test
  void another_answer_than_expected_ends_the_search() {
    Answers right = Answers.of(milvus().collection());
    Path wrong = folder.resolve("wrong.json");
    new Answers(
            right.collection(),
            right.vectors(),
            right.dimension(),
            right.seed(),
            right.nprobe(),
            right.recall(),
            right.ids().stream().map(MilvusWorkloadsTest::reversed).toList())
        .write(wrong);
    Target target =
        milvus()
            .target(
                new CollectionSpec(
                    right.collection(),
                    right.vectors(),
                    right.dimension(),
                    right.seed(),
                    Optional.of(wrong)));
    try (Workload workload = Workloads.open(Cell.plaintext(Operation.SEARCH), "off", target)) {
      assertThatThrownBy(workload::perform)
          .isInstanceOf(WorkloadException.class)
          .hasMessageContaining("another answer than the plaintext server's");
    }
  }

  private static List<Long> reversed(List<Long> ids) {
    List<Long> copy = new java.util.ArrayList<>(ids);
    Collections.reverse(copy);
    return List.copyOf(copy);
  }

  @Test
  void the_index_finds_what_is_there() {
    Answers answers = Answers.of(milvus().collection());
    assertThat(answers.recall()).isBetween(0.9, 1.0);
    assertThat(answers.ids())
        .hasSize(Vectors.QUERIES)
        .allSatisfy(ids -> assertThat(ids).hasSize(100));
  }

  @Test
  void a_collection_that_is_there_is_not_overwritten() {
    assertThatThrownBy(
            () ->
                CollectionLoader.load(
                    milvus().endpoint(TlsMode.OFF),
                    milvus().credentials(),
                    milvus().collection(),
                    folder.resolve("other.json")))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("Milvus has a collection of this name already: 'workload_test'");
  }

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void a_loaded_collection_is_searchable_in_each_mode(TlsMode mode) {
    Endpoint endpoint = milvus().endpoint(mode);
    CollectionLoader.awaitSearchable(
        endpoint, milvus().credentials(), milvus().collection(), Patience.LIMIT);
    assertThat(endpoint.mode()).isEqualTo(mode);
  }

  /** As each server that is given with --endpoint is held against the first one. */
  @Test
  void a_second_server_is_loaded_when_it_answers_as_the_first_did() {
    CollectionSpec first = milvus().collection();
    Endpoint second = milvus().endpoint(TlsMode.SERVER);
    CollectionSpec again =
        new CollectionSpec(
            "loaded_again", first.vectors(), first.dimension(), first.seed(), first.answers());
    Path unused = first.answers().orElseThrow().resolveSibling("unused.json");
    try {
      assertThat(CollectionLoader.load(second, milvus().credentials(), again, unused))
          .isEqualTo(again);
      assertThat(unused).doesNotExist();
      assertThat(CollectionLoader.has(second, milvus().credentials(), again)).isTrue();
    } finally {
      CollectionLoader.drop(second, milvus().credentials(), again);
    }
  }

  @Test
  void waiting_for_a_collection_that_does_not_come_ends_with_what_was_wrong() {
    CollectionSpec missing =
        new CollectionSpec(
            "not_there",
            milvus().collection().vectors(),
            milvus().collection().dimension(),
            milvus().collection().seed(),
            milvus().collection().answers());
    assertThatThrownBy(
            () ->
                CollectionLoader.awaitSearchable(
                    milvus().endpoint(TlsMode.OFF),
                    milvus().credentials(),
                    missing,
                    Duration.ofMillis(300)))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("collection not_there is not searchable")
        .hasMessageContaining("not found");
  }
}
