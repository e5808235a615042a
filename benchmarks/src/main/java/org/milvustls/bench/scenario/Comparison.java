package org.milvustls.bench.scenario;

import java.util.List;
import java.util.Objects;

/**
 * A question: how do these cells differ from the baseline? The baseline is measured a second time
 * as the A/A control. It shows whether the run reports a difference where there is none.
 *
 * @param name stable and readable, such as {@code connect-mode-jdk}
 * @param question as a person would ask it
 * @param baseline divisor of the others
 * @param cells compared cells; each differs from the baseline on the axis of the question
 * @param headline whether the precision that the profile promises covers it and its intervals are
 *     simultaneous
 * @param margin ratio within which the cells count as equivalent, such as 0.02 for two percent
 *     either way
 */
public record Comparison(
    String name,
    String question,
    Cell baseline,
    List<Cell> cells,
    boolean headline,
    double margin) {
  public Comparison {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(baseline, "baseline");
    cells = List.copyOf(cells);
    if (cells.isEmpty() || cells.contains(baseline)) {
      throw new IllegalArgumentException(name + " compares " + baseline + " with " + cells);
    }
    if (!(margin > 0 && margin < 1)) {
      throw new IllegalArgumentException(name + ": margin must be between 0 and 1, was " + margin);
    }
  }

  /** A comparison whose precision the profile promises. */
  static Comparison headline(
      String name, String question, Cell baseline, double margin, Cell... cells) {
    return new Comparison(name, question, baseline, List.of(cells), true, margin);
  }

  /** A comparison outside the headlines, with wide intervals. */
  static Comparison survey(
      String name, String question, Cell baseline, double margin, Cell... cells) {
    return new Comparison(name, question, baseline, List.of(cells), false, margin);
  }

  /**
   * Whether the compared servers differ in more than their mode. Then the baseline's control has a
   * server of its own, as plaintext always has.
   */
  boolean spansServers() {
    return baseline.suite().needsMilvus()
        && cells.stream().anyMatch(cell -> !ServerRole.of(cell).hasUsualKey());
  }
}
