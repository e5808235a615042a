package org.milvustls.bench.stats;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The verdicts of a run on all its comparisons and controls. Only this type decides whether a run
 * is trusted; the report finds the words.
 *
 * <p>The controls come before the verdicts on arms. No A/A control may differ, and no planted delay
 * may be found with another size. One such failure withholds all verdicts. A delay that is too
 * small for the run to detect is no failure: see {@link PlantedOutcome#TOO_SMALL}.
 *
 * @param answers one for each question, in the same order
 * @param controls one for each control, in the same order
 * @param planted one for each planted delay, in the same order
 * @param gate whether the controls let verdicts through
 */
public record Verdicts(
    List<Answer> answers, List<ControlResult> controls, List<PlantedResult> planted, Gate gate) {

  /**
   * The sizes of the families of simultaneous confidence intervals. The numbers come from the plan,
   * not from the measurements: a failed cell does not make the others more certain.
   *
   * @param confidence of each family together, such as 0.95
   * @param headlines comparisons of an arm with its baseline that the promised precision covers
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
   * @param headline whether its interval is simultaneous with those of the other headlines; any
   *     other interval stands alone
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
   * @param plantedNanos planted delay
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
   * The verdict on one arm.
   *
   * @param name as in the question
   * @param ratio to the baseline
   * @param interval of the ratio, used for the verdict and for the chart; absent when the {@link
   *     Estimate#grounds() grounds} do not allow one
   * @param confidence of that interval on its own
   * @param verdict result for the arm
   * @param withinMargin whether it lies inside the margin; true also for a small difference that is
   *     shown
   */
  public record Answer(
      String name,
      double ratio,
      Optional<Interval> interval,
      double confidence,
      Verdict verdict,
      boolean withinMargin) {}

  /** Outcome of an A/A control. */
  public enum ControlOutcome {
    /** Its interval contains 1. */
    SAME,
    /** Its interval does not contain 1, although nothing differs. */
    DIFFERENT,
    /** There is no interval to judge. */
    NOT_JUDGED
  }

  /**
   * An A/A control.
   *
   * @param name as in the control
   * @param ratio 1 but for chance
   * @param interval of the ratio, simultaneous with those of the other controls
   * @param outcome what it says of the run
   */
  public record ControlResult(
      String name, double ratio, Optional<Interval> interval, ControlOutcome outcome) {}

  /** Outcome of a planted delay. */
  public enum PlantedOutcome {
    /** Detected, with the size that was planted. */
    FOUND,
    /**
     * The interval contains both the planted size and 0: the run is too small to detect the delay.
     * The intervals are still right: they are as wide as the run is uncertain. Differences of that
     * size are not expected to show.
     */
    TOO_SMALL,
    /** The interval excludes the planted size: the run does not measure what it should. */
    WRONG_SIZE,
    /** There is no interval to judge. */
    NOT_JUDGED
  }

  /**
   * A planted delay.
   *
   * @param name as planted
   * @param plantedNanos planted delay
   * @param foundNanos mean over forks
   * @param interval of it, alone: decides whether the delay was detected
   * @param together the same, simultaneous with those of the other delays: decides whether its size
   *     is wrong
   * @param detectableNanos smallest delay that this run would detect 19 times out of 20: twice the
   *     half-width of the interval (docs/method-calibration.md)
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

  /** The decision of the controls: verdicts are given, or withheld for the first failure found. */
  public enum Gate {
    /** No control failed. */
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

  /** Judges the controls, then the questions. */
  public static Verdicts of(
      Families families, List<Question> questions, List<Control> controls, List<Planted> planted) {
    return new Judgement(families).of(questions, controls, planted);
  }
}
