package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.Dataset.WIDTH_128;
import static org.milvustls.bench.scenario.Dataset.WIDTH_1536;
import static org.milvustls.bench.scenario.Dataset.WIDTH_768;
import static org.milvustls.bench.scenario.OperationTraits.takes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operation of a cell, with its traits; {@code Workloads} opens it. */
@SuppressWarnings("ImmutableEnumChecker") // traits do not change after construction
public enum Operation {
  /** A complete handshake between two engines in memory; the time of the client's side counts. */
  HANDSHAKE("handshake", Suite.HANDSHAKE, takes(HandshakeSuite::nominalNanos)),
  /** A TCP connection to Milvus and a handshake over it, up to the first byte of HTTP/2. */
  HANDSHAKE_SOCKET(
      "handshake-socket", Suite.CONNECT, takes(2_500_000, 1_300_000).words("TCP and TLS only")),
  /** A new channel of ours and the first RPC over it. */
  CONNECT(
      "connect",
      Suite.CONNECT,
      takes(
          cell -> cell.isOfJdk() ? 4_500_000 : cell.mode().isEncrypted() ? 3_000_000 : 1_800_000)),
  /** A new client of the Milvus SDK, created as in its documentation, and the first RPC over it. */
  CONNECT_SDK(
      "connect-sdk", Suite.CONNECT, takes(11_000_000, 5_000_000).words("the SDK as shipped")),
  /** The same client with the native library restored under the name that its Netty looks for. */
  CONNECT_SDK_RESTORED(
      "connect-sdk-restored",
      Suite.CONNECT,
      takes(6_000_000).words("the SDK with its BoringSSL put back")),
  /** A new client of the SDK 2.6.17, the last version that finds the BoringSSL in its gRPC. */
  CONNECT_SDK_EARLIER(
      "connect-sdk-2.6.17", Suite.CONNECT, takes(6_000_000).words("the SDK 2.6.17")),
  /** As {@link #CONNECT}, with a TLS context of its own for each connection. */
  CONNECT_NEW_CONTEXT(
      "connect-new-context", Suite.CONNECT, takes(10_000_000, 6_000_000).words("new SslContext")),
  /** As {@link #CONNECT}, over a round-trip time of 1 ms. */
  CONNECT_RTT_1(
      "connect-rtt-1",
      Suite.CONNECT,
      takes(ConnectSuite::nominalNanos).words("1 ms round trip").roundTrip(Duration.ofMillis(1))),
  /** As {@link #CONNECT}, over a round-trip time of 10 ms. */
  CONNECT_RTT_10(
      "connect-rtt-10",
      Suite.CONNECT,
      takes(ConnectSuite::nominalNanos)
          .words("10 ms round trip")
          .roundTrip(Duration.ofMillis(10))
          .burst(5)
          .mostlyWaiting()
          .planted(2_000_000)),
  /** As {@link #CONNECT}, over a round-trip time of 50 ms. */
  CONNECT_RTT_50(
      "connect-rtt-50",
      Suite.CONNECT,
      takes(ConnectSuite::nominalNanos)
          .words("50 ms round trip")
          .roundTrip(Duration.ofMillis(50))
          .burst(3)
          .mostlyWaiting()
          .planted(2_000_000)),
  /** The start of a new JVM, up to the first answer over its first connection. */
  COLD_START(
      "cold-start",
      Suite.CONNECT,
      takes(1_000_000_000).words("cold start").burst(3).mostlyWaiting().planted(50_000_000)),
  /** The call {@code GetVersion}, which the proxy answers by itself: almost no server work. */
  RPC("rpc", Suite.SEARCH, takes(300_000).words("smallest RPC")),
  /** A search with L2, nprobe 10, limit 10 that returns ids and distances. */
  SEARCH("search", Suite.SEARCH, takes(1_500_000).on(WIDTH_128)),
  /** Ten such searches in one call. */
  SEARCH_NQ_10(
      "search-nq-10", Suite.SEARCH, takes(2_000_000).on(WIDTH_128).words("10 queries in one call")),
  /** A hundred such searches in one call. */
  SEARCH_NQ_100(
      "search-nq-100",
      Suite.SEARCH,
      takes(6_000_000).on(WIDTH_128).words("100 queries in one call").burst(10)),
  /** Sixteen such searches at once over one connection, up to the last answer. */
  SEARCH_16_CALLERS(
      "search-16-callers",
      Suite.SEARCH,
      takes(12_000_000).on(WIDTH_128).words("16 callers at once").burst(10)),
  /** The same search with limit 10 that returns the vectors too. */
  SEARCH_10_VECTORS(
      "search-10-vectors",
      Suite.SEARCH,
      takes(2_000_000).on(WIDTH_128).words("10 vectors returned")),
  /** The same search with limit 100 that returns the vectors too; only the payload differs. */
  SEARCH_VECTORS(
      "search-100-vectors",
      Suite.SEARCH,
      takes(3_500_000).on(WIDTH_128).words("100 vectors returned")),
  /** The same with vectors of dimension 768. */
  SEARCH_VECTORS_768(
      "search-100-vectors-768",
      Suite.SEARCH,
      takes(7_500_000).on(WIDTH_768).words("100 vectors of 768 returned").burst(10)),
  /** The same with vectors of dimension 1536. */
  SEARCH_VECTORS_1536(
      "search-100-vectors-1536",
      Suite.SEARCH,
      takes(12_000_000).on(WIDTH_1536).words("100 vectors of 1536 returned").burst(10)),
  /** Inserts a batch of 100 vectors into a collection of its own, which is dropped afterwards. */
  INSERT(
      "insert-100",
      Suite.SEARCH,
      takes(4_500_000).on(WIDTH_128).words("insert of 100 vectors").burst(10)),
  /**
   * The small search under open-loop load: sent at a fixed rate, whether earlier ones were answered
   * or not.
   */
  LOAD("load", Suite.LOAD, takes(1_500_000).on(WIDTH_128));

  private final String id;
  private final Suite suite;
  private final OperationTraits traits;

  Operation(String id, Suite suite, OperationTraits traits) {
    this.id = id;
    this.suite = suite;
    this.traits = traits;
  }

  /** The first part of a cell's name. */
  public String id() {
    return id;
  }

  public Suite suite() {
    return suite;
  }

  /**
   * Counted operations of one burst, for its median. Slow operations have fewer than their suite.
   */
  public int burst() {
    return traits.burst > 0 ? traits.burst : suite.burst();
  }

  /**
   * Operations at the start of a burst that do not count for its median. They are slower because
   * other arms have used the caches.
   */
  public int leading() {
    return isMostlyWaiting() ? 1 : Suite.LEADING;
  }

  /**
   * Whether a server always has long pauses between the calls of this operation. Then it does not
   * matter if another server gets more calls.
   */
  boolean isMostlyWaiting() {
    return traits.mostlyWaiting;
  }

  /** Delay that the network adds to each round trip of the operation; zero: plain loopback. */
  public Duration roundTrip() {
    return traits.roundTrip;
  }

  /** The delay of a positive control of this operation, in ns: a few percent of its time. */
  long plantedNanos() {
    return traits.plantedNanos > 0 ? traits.plantedNanos : suite.plantedNanos();
  }

  /**
   * Approximate time of one operation on a small machine, closing included, in ns. Used only for
   * the expected duration of a plan and of its warm-up, never for a result.
   */
  long nominalNanos(Cell cell) {
    return traits.nominalNanos.applyAsLong(cell);
  }

  /** Searches of one query, by payload: ids only, then vectors too. */
  public static List<Operation> payloads() {
    return List.of(
        SEARCH, SEARCH_10_VECTORS, SEARCH_VECTORS, SEARCH_VECTORS_768, SEARCH_VECTORS_1536);
  }

  /** New connections through a relay, by its round-trip time. */
  public static List<Operation> distances() {
    return List.of(CONNECT_RTT_1, CONNECT_RTT_10, CONNECT_RTT_50);
  }

  /** Its collection, if it needs one. */
  public Optional<Dataset> dataset() {
    return Optional.ofNullable(traits.dataset);
  }

  /** The difference from the suite's main operation, for people; empty for that one. */
  public String words() {
    return traits.words;
  }

  @Override
  public String toString() {
    return id;
  }
}
