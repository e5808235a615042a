package org.milvustls.bench.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** A glob over cell names: {@code *} stands for any characters, {@code ?} for one. */
public final class CellFilter {
  private final String glob;
  private final Pattern pattern;

  private CellFilter(String glob, Pattern pattern) {
    this.glob = glob;
    this.pattern = pattern;
  }

  /** Reads a glob; an empty one is a usage error. */
  public static CellFilter of(String glob) {
    if (glob.isBlank()) {
      throw MilvusTlsException.usage("--filter is empty")
          .allowed("a glob over cell names, such as 'connect/mutual/*'")
          .build();
    }
    String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return new CellFilter(glob, Pattern.compile(regex));
  }

  /** The cell whose whole name is this filter, if any. */
  Optional<Cell> cell() {
    return NamedCells.parse(glob);
  }

  boolean matches(Cell cell) {
    return pattern.matcher(cell.name()).matches();
  }

  /**
   * Reduces a comparison to the cells that any of the filters matches. Keeps the baseline, whether
   * it matches or not. Without filters, keeps all.
   */
  static Optional<Comparison> apply(List<CellFilter> filters, Comparison comparison) {
    if (filters.isEmpty()) {
      return Optional.of(comparison);
    }
    List<Cell> cells =
        comparison.cells().stream()
            .filter(cell -> filters.stream().anyMatch(filter -> filter.matches(cell)))
            .toList();
    return cells.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Comparison(
                comparison.name(),
                comparison.question(),
                comparison.baseline(),
                cells,
                comparison.headline(),
                comparison.margin()));
  }

  /** Number of the glob's words in the name of a cell, in any order. */
  private long likeness(String name) {
    return Stream.of(glob.split("[*?/]+", -1))
        .filter(word -> !word.isEmpty() && name.contains(word))
        .count();
  }

  /** The names with most words of these globs, up to a limit. */
  static List<String> nearest(List<CellFilter> filters, Collection<String> names, int most) {
    ToLongFunction<String> likeness =
        name -> filters.stream().mapToLong(filter -> filter.likeness(name)).max().orElse(0);
    return names.stream()
        .sorted(Comparator.comparingLong(likeness).reversed())
        .limit(most)
        .toList();
  }

  @Override
  public String toString() {
    return glob;
  }
}
