package org.milvustls.bench.scenario;

import java.util.List;

/**
 * Comparisons that become one panel.
 *
 * @param name of the panel
 * @param title its operations in words
 * @param comparisons in the order in which reports show them
 * @param amount amount of measurement
 */
public record ComparisonGroup(
    String name, String title, List<Comparison> comparisons, Profile.Amount amount) {
  /** The suite of all its cells. */
  Suite suite() {
    return comparisons.get(0).baseline().suite();
  }

  /** A copy with another amount. */
  ComparisonGroup with(Profile.Amount other) {
    return new ComparisonGroup(name, title, comparisons, other);
  }
}
