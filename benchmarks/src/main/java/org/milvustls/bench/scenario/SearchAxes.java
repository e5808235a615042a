package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.bench.scenario.Cell.Tls;

/** Variants of the small search over an open connection: less work, more work, more payload. */
final class SearchAxes {
  private final Profile profile;

  private SearchAxes(Profile profile) {
    this.profile = profile;
  }

  static List<ComparisonGroup> groups(Profile profile) {
    SearchAxes catalog = new SearchAxes(profile);
    return switch (profile) {
      case SMOKE, QUICK -> List.of();
      case FULL, MATRIX ->
          List.of(
              catalog.rpc(),
              catalog.payload(),
              catalog.queries(),
              catalog.callers(),
              catalog.insert());
    };
  }

  private ComparisonGroup rpc() {
    return group(
        "search-rpc",
        "smallest RPC on an open connection",
        profile.survey(40),
        comparison(Operation.RPC, "an RPC with almost no server work"));
  }

  private ComparisonGroup payload() {
    List<Comparison> comparisons = new ArrayList<>();
    if (profile == Profile.MATRIX) {
      comparisons.add(comparison(Operation.SEARCH_10_VECTORS, "a search that returns 10 vectors"));
    }
    comparisons.add(
        comparison(
            Operation.SEARCH_VECTORS_768, "a search that returns 100 vectors of dimension 768"));
    comparisons.add(
        comparison(
            Operation.SEARCH_VECTORS_1536, "a search that returns 100 vectors of dimension 1536"));
    return group(
        "search-payload",
        "search with vectors returned, by payload",
        comparisons.toArray(Comparison[]::new));
  }

  private ComparisonGroup queries() {
    return group(
        "search-queries",
        "several queries in one call",
        comparison(Operation.SEARCH_NQ_10, "a call with 10 queries"),
        comparison(Operation.SEARCH_NQ_100, "a call with 100 queries"));
  }

  private ComparisonGroup callers() {
    return group(
        "search-callers",
        "16 searches at once on one connection",
        comparison(Operation.SEARCH_16_CALLERS, "16 searches at once, up to the last answer"));
  }

  /**
   * Separate from the searches, because the server's later work on inserted vectors would disturb
   * them.
   */
  private ComparisonGroup insert() {
    return group(
        "search-insert",
        "insert of 100 vectors on an open connection",
        comparison(Operation.INSERT, "an insert of 100 vectors"));
  }

  private ComparisonGroup group(String name, String title, Comparison... comparisons) {
    return group(name, title, profile.survey(6), comparisons);
  }

  private static ComparisonGroup group(
      String name, String title, Profile.Amount amount, Comparison... comparisons) {
    return new ComparisonGroup(name, title, List.of(comparisons), amount);
  }

  /**
   * Includes mutual TLS only in profile matrix: it encrypts an open connection as
   * server-authenticated TLS does.
   */
  private Comparison comparison(Operation operation, String what) {
    List<Cell> cells =
        (profile == Profile.MATRIX ? Stream.of(SERVER, MUTUAL) : Stream.of(SERVER))
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
        SearchSuite.MARGIN);
  }
}
