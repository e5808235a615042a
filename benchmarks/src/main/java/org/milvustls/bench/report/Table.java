package org.milvustls.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A table of a page. Every text is plain: the template escapes it.
 *
 * @param caption description
 * @param header one title for each column
 * @param rows cells, as many as there are titles
 */
record Table(String caption, List<String> header, List<Row> rows) {
  Table {
    Objects.requireNonNull(caption, "caption");
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param cells in the order of the header
   * @param filters values by which a page lets the reader choose rows; empty without filters
   */
  record Row(List<Td> cells, Map<String, String> filters) {
    static Row of(Td... cells) {
      return new Row(Arrays.asList(cells), Map.of());
    }
  }

  /**
   * A cell.
   *
   * @param text visible text
   * @param sort sort key of a number
   * @param number whether it is a number
   * @param mark a word after it, such as "best"; may be empty
   */
  record Td(String text, double sort, boolean number, String mark) {
    static Td of(String text) {
      return new Td(text, 0, false, "");
    }

    static Td number(String text, double sort) {
      return new Td(text, sort, true, "");
    }

    Td marked(String word) {
      return new Td(text, sort, number, word);
    }
  }
}
