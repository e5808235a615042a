package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.tls.TlsMode;

/** Calls over an open connection beside the small search: less work, more work, more payload. */
final class SearchCatalog {
  private static final double MARGIN = 0.03;

  /** Two forks for each rotation of three servers: the fewest that give an interval. */
  private static final Profile.Amount THREE_SERVERS = new Profile.Amount(6, 6, 8);

  private static final Profile.Amount FOUR_SERVERS = new Profile.Amount(8, 6, 8);

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
        List.of(comparison(Operation.RPC, "an RPC with almost no server work", SERVER, MUTUAL)),
        FOUR_SERVERS);
  }

  private static Catalog.Group payload() {
    return new Catalog.Group(
        "search-payload",
        "search with vectors returned, by payload",
        List.of(
            comparison(Operation.SEARCH_10_VECTORS, "a search that returns 10 vectors", SERVER),
            comparison(
                Operation.SEARCH_VECTORS_768,
                "a search that returns 100 vectors of dimension 768",
                SERVER),
            comparison(
                Operation.SEARCH_VECTORS_1536,
                "a search that returns 100 vectors of dimension 1536",
                SERVER)),
        THREE_SERVERS);
  }

  private static Catalog.Group queries() {
    return new Catalog.Group(
        "search-queries",
        "several queries in one call",
        List.of(
            comparison(Operation.SEARCH_NQ_10, "a call with 10 queries", SERVER),
            comparison(Operation.SEARCH_NQ_100, "a call with 100 queries", SERVER)),
        THREE_SERVERS);
  }

  private static Catalog.Group callers() {
    return new Catalog.Group(
        "search-callers",
        "16 searches at once on one connection",
        List.of(
            comparison(Operation.SEARCH_16_CALLERS, "16 searches at once, up to the last", SERVER)),
        THREE_SERVERS);
  }

  /** Apart from the searches: what the server does with inserted vectors later would meet them. */
  private static Catalog.Group insert() {
    return new Catalog.Group(
        "search-insert",
        "insert of 100 vectors on an open connection",
        List.of(comparison(Operation.INSERT, "an insert of 100 vectors", SERVER)),
        THREE_SERVERS);
  }

  private static Comparison comparison(Operation operation, String what, TlsMode... modes) {
    List<Cell> cells =
        List.of(modes).stream()
            .flatMap(
                mode ->
                    List.of(JDK, BORINGSSL).stream()
                        .map(provider -> Cell.secured(operation, mode, Tls.base(provider))))
            .toList();
    return new Comparison(
        operation.id(),
        "What does TLS cost on " + what + " over an open connection, against plaintext?",
        Cell.plaintext(operation),
        cells,
        false,
        MARGIN);
  }
}
