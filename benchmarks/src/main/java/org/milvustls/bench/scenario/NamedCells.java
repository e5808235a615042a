package org.milvustls.bench.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.milvustls.bench.scenario.Cell.Tls;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;

/**
 * Cells that no profile compares, because the matrix is not the full product. The user names each
 * with its whole name as a filter. It is compared with the nearest informative cell.
 */
final class NamedCells {
  private static final double MARGIN = 0.05;

  private NamedCells() {}

  /**
   * Parses a name of {@link Cell#name()}, whether a profile has the cell or not; empty for any
   * other text.
   */
  static Optional<Cell> parse(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return find(Operation.values(), Operation::id, parts[0])
        .flatMap(
            operation ->
                find(TlsMode.values(), TlsMode::id, parts[1])
                    .flatMap(mode -> cell(operation, mode, parts)))
        .filter(cell -> cell.name().equals(name));
  }

  private static Optional<Cell> cell(Operation operation, TlsMode mode, String[] parts) {
    if (!mode.isEncrypted()) {
      return Optional.of(Cell.plaintext(operation));
    }
    if (parts.length < 9) {
      return Optional.empty();
    }
    Optional<Tls> tls = find(ClientProvider.values(), ClientProvider::id, parts[2]).map(Tls::base);
    tls = with(tls, find(TlsProtocol.values(), TlsProtocol::id, parts[3]), Tls::with);
    tls = with(tls, find(CipherSuite.values(), CipherSuite::id, parts[4]), Tls::with);
    tls = with(tls, find(NamedGroup.values(), NamedGroup::id, parts[5]), Tls::with);
    tls = with(tls, find(KeyType.values(), KeyType::id, parts[6]), Tls::with);
    tls = with(tls, find(SessionReuse.values(), SessionReuse::id, parts[7]), Tls::with);
    tls = with(tls, find(ChainMemory.values(), ChainMemory::id, parts[8]), Tls::with);
    List<String> more = Arrays.asList(parts).subList(9, parts.length);
    if (more.contains("2-certificates")) {
      tls = tls.map(Tls::withShortChain);
    }
    for (TlsProvider server : TlsProvider.values()) {
      if (more.contains(server.id() + "-server")) {
        tls = tls.map(asked -> asked.withServer(server));
      }
    }
    return tls.map(asked -> Cell.secured(operation, mode, asked));
  }

  private interface Change<T> {
    Tls apply(Tls tls, T value);
  }

  private static <T> Optional<Tls> with(Optional<Tls> tls, Optional<T> value, Change<T> change) {
    return tls.flatMap(asked -> value.map(axis -> change.apply(asked, axis)));
  }

  private static <T> Optional<T> find(T[] values, Function<T, String> id, String name) {
    return Arrays.stream(values).filter(value -> id.apply(value).equals(name)).findFirst();
  }

  /**
   * The baseline of a cell: the same cell with the JDK. A cell with the JDK has the base cell of
   * its operation and mode, and the base cell has plaintext. Empty for cells without TLS and for
   * the base cell in memory.
   */
  static Optional<Cell> baseline(Cell cell) {
    if (cell.tls().isEmpty()) {
      return Optional.empty();
    }
    Tls tls = cell.tls().get();
    if (tls.provider() != ClientProvider.JDK) {
      return Optional.of(Cell.secured(cell.operation(), cell.mode(), tls.withJdk()));
    }
    Cell base =
        Cell.secured(
            cell.operation(), cell.mode(), Tls.base(ClientProvider.JDK).withServer(tls.server()));
    if (!cell.equals(base)) {
      return Optional.of(base);
    }
    return cell.suite().needsMilvus()
        ? Optional.of(Cell.plaintext(cell.operation()))
        : Optional.empty();
  }

  /** One panel for each operation, with the amount of the main panel of its suite. */
  static List<ComparisonGroup> groups(Profile profile, List<Cell> cells) {
    Map<Operation, Map<Cell, List<Cell>>> byOperation = new LinkedHashMap<>();
    for (Cell cell : cells) {
      baseline(cell)
          .ifPresent(
              baseline ->
                  byOperation
                      .computeIfAbsent(cell.operation(), operation -> new LinkedHashMap<>())
                      .computeIfAbsent(baseline, b -> new ArrayList<>())
                      .add(cell));
    }
    List<ComparisonGroup> groups = new ArrayList<>();
    byOperation.forEach(
        (operation, byBaseline) -> {
          String name = operation.id() + "-named";
          List<Comparison> comparisons = new ArrayList<>();
          byBaseline.forEach(
              (baseline, compared) ->
                  comparisons.add(
                      new Comparison(
                          name + "-" + (comparisons.size() + 1),
                          "What does a cell cost that --filter names?",
                          baseline,
                          compared,
                          false,
                          MARGIN)));
          groups.add(
              new ComparisonGroup(
                  name,
                  operation.suite().title() + ", cells that --filter names",
                  comparisons,
                  operation.suite().amount(profile)));
        });
    return groups;
  }
}
