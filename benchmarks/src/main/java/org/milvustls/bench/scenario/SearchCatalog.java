package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Cell.Tls;

/** Calls over an open connection beside the small search: less work, more work, more payload. */
final class SearchCatalog {
  private static final double MARGIN = 0.03;

  /** Two forks for each rotation of the four servers: the fewest that give an interval. */
  private static final Profile.Amount AMOUNT = new Profile.Amount(8, 6, 6);

  private SearchCatalog() {}

  static List<Catalog.Group> groups(Profile profile) {
    return profile == Profile.MATRIX
        ? List.of(rpc(), payload(), queries(), callers(), insert())
        : List.of();
  }

  private static Catalog.Group rpc() {
    return new Catalog.Group(
        "search-rpc",
        "smallest RPC on an open connection",
        List.of(comparison(Operation.RPC, "an RPC with almost no server work")),
        AMOUNT);
  }

  private static Catalog.Group payload() {
    return new Catalog.Group(
        "search-payload",
        "search with vectors returned, by payload",
        List.of(
            comparison(Operation.SEARCH_10_VECTORS, "a search that returns 10 vectors"),
            comparison(
                Operation.SEARCH_VECTORS_768, "a search that returns 100 vectors of dimension 768"),
            comparison(
                Operation.SEARCH_VECTORS_1536,
                "a search that returns 100 vectors of dimension 1536")),
        AMOUNT);
  }

  private static Catalog.Group queries() {
    return new Catalog.Group(
        "search-queries",
        "several queries in one call",
        List.of(
            comparison(Operation.SEARCH_NQ_10, "a call with 10 queries"),
            comparison(Operation.SEARCH_NQ_100, "a call with 100 queries")),
        AMOUNT);
  }

  private static Catalog.Group callers() {
    return new Catalog.Group(
        "search-callers",
        "16 searches at once on one connection",
        List.of(
            comparison(Operation.SEARCH_16_CALLERS, "16 searches at once, up to the last answer")),
        AMOUNT);
  }

  /** Apart from the searches: what the server does with inserted vectors later would meet them. */
  private static Catalog.Group insert() {
    return new Catalog.Group(
        "search-insert",
        "insert of 100 vectors on an open connection",
        List.of(comparison(Operation.INSERT, "an insert of 100 vectors")),
        AMOUNT);
  }

  private static Comparison comparison(Operation operation, String what) {
    List<Cell> cells =
        Stream.of(SERVER, MUTUAL)
            .flatMap(
                mode ->
                    Stream.of(JDK, BORINGSSL)
                        .map(provider -> Cell.secured(operation, mode, Tls.base(provider))))
            .toList();
    return new Comparison(
        operation.id(),
        "What does TLS cost on " + what + ", over an open connection, against plaintext?",
        Cell.plaintext(operation),
        cells,
        false,
        MARGIN);
  }
}
