package org.milvustls.bench.stats;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run allows to say, of all its comparisons and controls at once.
 *
 * <p>The controls judge the run before anything is said of its arms: every A/A control has to hold
 * 1, and every planted delay has to be found with its size. One failure withholds all verdicts.
 *
 * @param answers one for each question, in the same order
 * @param controls one for each control, in the same order
 * @param planted one for each planted delay, in the same order
 * @param gate whether the controls let verdicts through
 */
public record Verdicts(
    List<Answer> answers, List<ControlResult> controls, List<PlantedResult> planted, Gate gate) {

  /**
   * How many intervals hold together. The numbers come from the plan, not from what was measured: a
   * cell that failed does not make the others more certain.
   *
   * @param confidence of each family together, such as 0.95
   * @param headlines comparisons of an arm with its baseline that the promise binds
   * @param controls A/A controls
   * @param planted planted delays
   */
  public record Families(double confidence, int headlines, int controls, int planted) {
    public Families {
      Estimate.requireConfidence(confidence);
      if (headlines < 0 || controls < 0 || planted < 0) {
        throw new IllegalArgumentException(
            "cannot have "
                + headlines
                + " headlines, "
                + controls
                + " controls, "
                + planted
                + " planted delays");
      }
    }
  }

  /**
   * An arm against its baseline.
   *
   * @param name for messages
   * @param logRatio over forks
   * @param headline whether its interval holds together with those of the other headlines; any
   *     other interval holds alone
   * @param margin ratio within which it counts as equivalent, such as 0.02
   */
  public record Question(String name, Estimate logRatio, boolean headline, double margin) {}

  /**
   * A baseline against itself.
   *
   * @param name for messages
   * @param logRatio over forks
   */
  public record Control(String name, Estimate logRatio) {}

  /**
   * A baseline with a known delay against itself without.
   *
   * @param name for messages
   * @param differenceNanos over forks
   * @param plantedNanos what was planted
   */
  public record Planted(String name, Estimate differenceNanos, double plantedNanos) {
    public Planted {
      if (!(plantedNanos > 0)) {
        throw new IllegalArgumentException(
            name + ": a planted delay must be positive, got " + plantedNanos + " ns");
      }
    }
  }

  /**
   * What may be said of an arm.
   *
   * @param name as in the question
   * @param ratio to the baseline
   * @param interval of the ratio: the one that the verdict was made of and that is drawn; absent
   *     without degrees of freedom
   * @param confidence of that interval on its own
   * @param verdict what it allows to say
   * @param withinMargin whether it lies inside the margin, which a small difference that is shown
   *     does too
   */
  public record Answer(
      String name,
      double ratio,
      Optional<Interval> interval,
      double confidence,
      Verdict verdict,
      boolean withinMargin) {}

  /**
   * What became of an A/A control.
   *
   * @param name as in the control
   * @param ratio 1 but for chance
   * @param interval of the ratio, holding together with those of the other controls
   * @param different whether the interval does not hold 1
   */
  public record ControlResult(
      String name, double ratio, Optional<Interval> interval, boolean different) {}

  /**
   * What became of a planted delay.
   *
   * @param name as planted
   * @param plantedNanos what was planted
   * @param foundNanos mean over forks
   * @param interval of it, holding together with those of the other delays
   * @param found whether the interval holds what was planted and does not hold 0
   */
  public record PlantedResult(
      String name,
      double plantedNanos,
      double foundNanos,
      Optional<Interval> interval,
      boolean found) {}

  /**
   * Whether the controls let verdicts through.
   *
   * @param open whether they do
   * @param reasons why not, one sentence for each control that failed; empty when open
   */
  public record Gate(boolean open, List<String> reasons) {}

  public Verdicts {
    answers = List.copyOf(answers);
    controls = List.copyOf(controls);
    planted = List.copyOf(planted);
    Objects.requireNonNull(gate, "gate");
  }

  /** Everything that a run allows to say. */
  public static Verdicts of(
      Families families, List<Question> questions, List<Control> controls, List<Planted> planted) {
    return new Judgement(families).of(questions, controls, planted);
  }
}
