package org.milvustls.bench.stats;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run allows to say, of all its comparisons and controls at once. The one place that decides
 * whether a run is trusted; words for it are the report's.
 *
 * <p>The controls judge the run before anything is said of its arms: no A/A control may be called
 * different, and no planted delay may be found with another size. One such failure withholds all
 * verdicts. A delay that is smaller than what the run can tell from nothing is no failure: see
 * {@link PlantedOutcome#TOO_SMALL}.
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
   *     when the forks are {@link Estimate#grounds() no ground} for one
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

  /** What became of an A/A control. */
  public enum ControlOutcome {
    /** Its interval holds 1. */
    SAME,
    /** Its interval does not hold 1, although nothing differs. */
    DIFFERENT,
    /** There is no interval to judge it by. */
    NOT_JUDGED
  }

  /**
   * An A/A control.
   *
   * @param name as in the control
   * @param ratio 1 but for chance
   * @param interval of the ratio, holding together with those of the other controls
   * @param outcome what it says of the run
   */
  public record ControlResult(
      String name, double ratio, Optional<Interval> interval, ControlOutcome outcome) {}

  /** What became of a planted delay. */
  public enum PlantedOutcome {
    /** Told from nothing, and with the size that was planted. */
    FOUND,
    /**
     * The size that was planted is possible, and so is none: the run is too small to see it. Says
     * nothing against the intervals, which are as wide as the run is uncertain; says that
     * differences of that size cannot be expected to show.
     */
    TOO_SMALL,
    /** The size that was planted is excluded: the run does not measure what it should. */
    WRONG_SIZE,
    /** There is no interval to judge it by. */
    NOT_JUDGED
  }

  /**
   * A planted delay.
   *
   * @param name as planted
   * @param plantedNanos what was planted
   * @param foundNanos mean over forks
   * @param interval of it, alone: decides whether the delay was told from nothing
   * @param together the same, holding together with those of the other delays: decides whether its
   *     size is wrong
   * @param detectableNanos a delay that this run would have told from nothing 19 times out of 20:
   *     twice the half-width of the interval (docs/method-calibration.md)
   * @param outcome what it says of the run
   */
  public record PlantedResult(
      String name,
      double plantedNanos,
      double foundNanos,
      Optional<Interval> interval,
      Optional<Interval> together,
      Optional<Double> detectableNanos,
      PlantedOutcome outcome) {}

  /** Whether the controls let verdicts through, and if not, what stopped them first. */
  public enum Gate {
    /** No control speaks against the run. */
    OPEN,
    /** No A/A control could be judged. */
    NO_CONTROL,
    /** An A/A control was called different. */
    CONTROL_DIFFERENT,
    /** A planted delay was found with another size. */
    DELAY_WRONG
  }

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
