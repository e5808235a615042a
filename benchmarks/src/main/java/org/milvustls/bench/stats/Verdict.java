package org.milvustls.bench.stats;

/** What an interval allows to say of an arm against its baseline. */
public enum Verdict {
  /** The whole interval of the ratio is below 1. */
  FASTER("faster"),
  /** The whole interval of the ratio is above 1. */
  SLOWER("slower"),
  /** The interval holds 1 and lies within the margin that the plan named before the run. */
  EQUIVALENT("equivalent"),
  /**
   * The interval holds 1 and reaches beyond the margin: nothing was shown, which is not the same as
   * equal.
   */
  NOT_SHOWN("not shown"),
  /** A control failed, or there is no interval: nothing may be said. */
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
   * The verdict of an interval, whatever the controls say. A difference that is shown is called
   * one, however small it is; {@link #withinMargin} says besides whether it matters. Equivalence by
   * an interval inside the margin is the test of Schuirmann (J. Pharmacokinet. Biopharm. 15, 1987),
   * stricter by using the two-sided interval.
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
   * Whether the interval lies between 1 / (1 + margin) and 1 + margin, which is the same whichever
   * of the two is called the baseline.
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
