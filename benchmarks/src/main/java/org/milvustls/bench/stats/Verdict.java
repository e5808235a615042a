package org.milvustls.bench.stats;

/** What an interval allows to say of an arm against its baseline. */
public enum Verdict {
  /** The whole interval is below 1. */
  FASTER("faster"),
  /** The whole interval is above 1. */
  SLOWER("slower"),
  /** The interval lies within the margin that the plan named before the run. */
  EQUIVALENT("equivalent"),
  /**
   * The interval holds 1 and reaches beyond the margin: nothing was shown, which is not the same as
   * equal.
   */
  NOT_SHOWN("not shown"),
  /** The controls failed or there is no interval: nothing may be said. */
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
   * The verdict of an interval. Equivalence comes first: a difference that is shown and lies within
   * the margin is too small to matter by the plan's own words (two one-sided tests; Schuirmann, J.
   * Pharmacokinet. Biopharm. 15, 1987).
   *
   * @param ratio interval of the ratio to the baseline
   * @param margin ratio within which arms count as equivalent, such as 0.02
   */
  public static Verdict of(Interval ratio, double margin) {
    if (ratio.within(new Interval(1 - margin, 1 + margin))) {
      return EQUIVALENT;
    }
    if (ratio.high() < 1) {
      return FASTER;
    }
    return ratio.low() > 1 ? SLOWER : NOT_SHOWN;
  }

  @Override
  public String toString() {
    return words;
  }
}
