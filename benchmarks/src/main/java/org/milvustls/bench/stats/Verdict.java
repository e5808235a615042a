package org.milvustls.bench.stats;

/** The verdict on an arm against its baseline, from the confidence interval of their ratio. */
public enum Verdict {
  /** The whole interval of the ratio is below 1. */
  FASTER("faster"),
  /** The whole interval of the ratio is above 1. */
  SLOWER("slower"),
  /** The interval contains 1 and lies within the margin that the plan set before the run. */
  EQUIVALENT("equivalent"),
  /**
   * The interval contains 1 and reaches beyond the margin. No difference was shown, and no
   * equivalence either.
   */
  NOT_SHOWN("not shown"),
  /** A control failed, or there is no interval: no verdict is given. */
  WITHHELD("withheld");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As reports write it. */
  public String words() {
    return words;
  }

  /**
   * The verdict of an interval, without regard to the controls. A difference that is shown is
   * called one, however small; {@link #withinMargin} also says whether it matters. Equivalence by
   * an interval inside the margin is the test of Schuirmann (J. Pharmacokinet. Biopharm. 15, 1987).
   * The two-sided interval makes it stricter.
   *
   * @param ratio interval of the ratio to the baseline
   * @param margin ratio within which arms count as equivalent, such as 0.02
   */
  public static Verdict of(Interval ratio, double margin) {
    boolean within = withinMargin(ratio, margin);
    if (ratio.high() < 1) {
      return FASTER;
    }
    if (ratio.low() > 1) {
      return SLOWER;
    }
    return within ? EQUIVALENT : NOT_SHOWN;
  }

  /**
   * Whether the interval lies between 1 / (1 + margin) and 1 + margin. The result does not depend
   * on which of the two arms is the baseline.
   *
   * @throws IllegalArgumentException if the margin does not lie between 0 and 1
   */
  public static boolean withinMargin(Interval ratio, double margin) {
    if (!(margin > 0 && margin < 1)) {
      throw new IllegalArgumentException("margin must lie between 0 and 1, got " + margin);
    }
    return ratio.within(new Interval(1 / (1 + margin), 1 + margin));
  }

  @Override
  public String toString() {
    return words;
  }
}
