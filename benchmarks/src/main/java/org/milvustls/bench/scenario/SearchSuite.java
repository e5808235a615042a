package org.milvustls.bench.scenario;

import static org.milvustls.bench.scenario.ClientProvider.BORINGSSL;
import static org.milvustls.bench.scenario.ClientProvider.JDK;
import static org.milvustls.tls.TlsMode.MUTUAL;
import static org.milvustls.tls.TlsMode.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.bench.scenario.Cell.Tls;

/** Calls on an open connection to a real Milvus. */
final class SearchSuite extends SuiteDescriptor {
  static final double MARGIN = 0.03;

  SearchSuite() {
    super("search", "search on an open connection", 25);
  }

  @Override
  String subject(String arm) {
    return "a search over " + arm;
  }

  @Override
  long plantedNanos() {
    return 100_000;
  }

  @Override
  Profile.Amount amount(Profile profile) {
    return switch (profile) {
      case SMOKE -> new Profile.Amount(2, 2, 4);
      case QUICK -> new Profile.Amount(8, 20, 12);
      case FULL -> new Profile.Amount(12, 12, 10);
      case MATRIX -> new Profile.Amount(8, 12, 10);
    };
  }

  @Override
  Duration warmUp(Profile profile) {
    return switch (profile) {
      case SMOKE -> Duration.ZERO;
      // As in suite connect.
      case QUICK -> Duration.ofSeconds(10);
      case FULL, MATRIX -> Duration.ofSeconds(15);
    };
  }

  @Override
  List<ComparisonGroup> groups(Profile profile) {
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(comparison(Operation.SEARCH, "search", "a small search"));
    if (profile.isThorough()) {
      comparisons.add(
          comparison(
              Operation.SEARCH_VECTORS, "search-vectors", "a search that returns 100 vectors"));
    }
    List<ComparisonGroup> groups = new ArrayList<>();
    groups.add(main(profile, comparisons));
    groups.addAll(SearchAxes.groups(profile));
    return List.copyOf(groups);
  }

  private static Comparison comparison(Operation operation, String name, String what) {
    return Comparison.headline(
        name,
        "What does TLS cost on " + what + " over an open connection, against plaintext?",
        Cell.plaintext(operation),
        MARGIN,
        Cell.secured(operation, SERVER, Tls.base(JDK)),
        Cell.secured(operation, SERVER, Tls.base(BORINGSSL)),
        Cell.secured(operation, MUTUAL, Tls.base(JDK)),
        Cell.secured(operation, MUTUAL, Tls.base(BORINGSSL)));
  }
}
