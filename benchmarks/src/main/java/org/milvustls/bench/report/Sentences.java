package org.milvustls.bench.report;

import java.util.Locale;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.stats.Interval;

/** Answers in words, made of verdicts: a sentence is never stronger than its verdict. */
final class Sentences {
  /** From this ratio on "times as long" is easier to read than percent. */
  private static final double TIMES = 1.5;

  private final Summary summary;
  private final Labels labels;

  Sentences(Summary summary, Labels labels) {
    this.summary = summary;
    this.labels = labels;
  }

  String of(ComparisonResult comparison, Pair pair) {
    String arm = capital(labels.subject(comparison.suite(), pair.arm()));
    String baseline = labels.of(pair.baseline());
    Interval interval = pair.ratio().interval().orElse(null);
    if (interval == null) {
      return arm
          + " against "
          + baseline
          + ": measured in one fork only, so there is no interval and no verdict.";
    }
    return switch (pair.verdict()) {
      case SLOWER ->
          arm
              + " takes "
              + slower(pair)
              + " "
              + baseline
              + " ("
              + interval(
                  comparison,
                  pair.ratio().ratio() >= TIMES
                      ? Numbers.range(interval)
                      : Numbers.percents(interval))
              + "), "
              + Numbers.millis(pair.differenceNanos().mean())
              + " more.";
      case FASTER ->
          arm
              + " takes "
              + faster(pair)
              + " of the time of "
              + baseline
              + " ("
              + interval(comparison, Numbers.shares(interval))
              + "), "
              + Numbers.millis(-pair.differenceNanos().mean())
              + " less.";
      case EQUIVALENT ->
          arm
              + " takes as long as "
              + baseline
              + " within "
              + Numbers.share(comparison.margin())
              + " ("
              + Numbers.percents(interval)
              + ").";
      case NOT_SHOWN ->
          arm
              + " against "
              + baseline
              + ": no difference was shown ("
              + Numbers.percents(interval)
              + "), which is not the same as equal.";
      case WITHHELD ->
          arm
              + " against "
              + baseline
              + ": measured "
              + Numbers.ratio(pair.ratio())
              + ", no verdict (see *Can this run be trusted?*).";
    };
  }

  private String interval(ComparisonResult comparison, String interval) {
    String confidence = Math.round(summary.confidence() * 100) + " % interval ";
    return confidence
        + interval
        + (comparison.headline() ? ", over all headline answers together" : "");
  }

  private static String slower(Pair pair) {
    double ratio = pair.ratio().ratio();
    return ratio >= TIMES
        ? Numbers.digits(ratio) + " times as long as"
        : Numbers.share(ratio - 1) + " longer than";
  }

  private static String faster(Pair pair) {
    return String.format(Locale.ROOT, "%.1f %%", pair.ratio().ratio() * 100);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
