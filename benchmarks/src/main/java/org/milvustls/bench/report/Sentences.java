package org.milvustls.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.ControlResult;
import org.milvustls.bench.result.Summary.DriftingFork;
import org.milvustls.bench.result.Summary.FailedTry;
import org.milvustls.bench.result.Summary.MovingPair;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.PlantedResult;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdicts.ControlOutcome;
import org.milvustls.bench.stats.Verdicts.PlantedOutcome;

/**
 * Writes the sentences of a report about answers and trust, for terminal, Markdown and HTML. A
 * sentence is never stronger than its verdict.
 */
final class Sentences {
  /** From this ratio on "times as long" is easier to read than percent. */
  private static final double TIMES = 1.5;

  private final Summary summary;
  private final Labels labels;

  Sentences(Summary summary, Labels labels) {
    this.summary = summary;
    this.labels = labels;
  }

  // --- answers -----------------------------------------------------------------------------------

  /** A sentence about an arm against its baseline. */
  String of(ComparisonResult comparison, Pair pair) {
    String arm = capital(labels.subject(comparison.suite(), pair.arm()));
    String baseline = labels.of(pair.baseline());
    return pair.ratio()
        .interval()
        .map(interval -> judged(comparison, pair, interval, arm, baseline))
        .orElseGet(() -> arm + " against " + baseline + ": " + unjudged(pair) + " No verdict.");
  }

  private static String unjudged(Pair pair) {
    return switch (pair.grounds()) {
      case TOO_FEW_FORKS, ENOUGH ->
          "measured "
              + Numbers.ratio(pair.ratio().ratio())
              + " in "
              + Numbers.count(pair.forks(), "fork", "forks")
              + ", which are too few for an interval.";
      case NO_SCATTER ->
          "all "
              + pair.forks()
              + " forks agree to the last digit, which no clock does: something is wrong.";
    };
  }

  private String judged(
      ComparisonResult comparison, Pair pair, Interval interval, String arm, String baseline) {
    return switch (pair.verdict()) {
      case SLOWER ->
          arm
              + " takes "
              + slower(pair.ratio().ratio())
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
              + " more."
              + margin(comparison, pair);
      case FASTER ->
          arm
              + " takes "
              + Numbers.share(pair.ratio().ratio())
              + " of the time of "
              + baseline
              + " ("
              + interval(comparison, Numbers.shares(interval))
              + "), "
              + Numbers.millis(-pair.differenceNanos().mean())
              + " less."
              + margin(comparison, pair);
      case EQUIVALENT ->
          arm
              + " takes as long as "
              + baseline
              + " within "
              + Numbers.share(comparison.margin())
              + " ("
              + interval(comparison, Numbers.percents(interval))
              + ").";
      case NOT_SHOWN ->
          arm
              + " against "
              + baseline
              + ": no difference was shown ("
              + interval(comparison, Numbers.percents(interval))
              + "), which is not the same as equal.";
      case WITHHELD ->
          arm
              + " against "
              + baseline
              + ": measured "
              + Numbers.ratio(pair.ratio())
              + ", no verdict, because the controls failed.";
    };
  }

  /** A shown difference that the plan calls too small to matter. */
  private static String margin(ComparisonResult comparison, Pair pair) {
    return pair.withinMargin()
        ? " That is within the "
            + Numbers.share(comparison.margin())
            + " that the plan counts as equivalent."
        : "";
  }

  private String interval(ComparisonResult comparison, String interval) {
    return Math.round(summary.confidence() * 100)
        + " % interval "
        + interval
        + (comparison.headline() ? ", over all headline answers together" : "");
  }

  private static String slower(double ratio) {
    return ratio >= TIMES
        ? Numbers.digits(ratio) + " times as long as"
        : Numbers.share(ratio - 1) + " longer than";
  }

  // --- trust -------------------------------------------------------------------------------------

  /** Whether the run can be trusted, in one sentence that begins with yes or no. */
  String trust() {
    return switch (summary.trust().gate()) {
      case OPEN -> "Yes: no A/A control was called different" + delays() + unjudgedControls() + ".";
      case NO_CONTROL -> "No verdicts: there are too few forks to judge a control by.";
      case CONTROL_DIFFERENT ->
          "No verdicts: the A/A control was called different where nothing differs ("
              + names(ControlOutcome.DIFFERENT)
              + ").";
      case DELAY_WRONG ->
          "No verdicts: a planted delay was found with another size ("
              + summary.trust().planted().stream()
                  .filter(delay -> delay.outcome() == PlantedOutcome.WRONG_SIZE)
                  .map(delay -> labels.of(delay.arm()) + ": " + found(delay))
                  .collect(Collectors.joining("; "))
              + ").";
    };
  }

  private String names(ControlOutcome outcome) {
    return summary.trust().controls().stream()
        .filter(control -> control.outcome() == outcome)
        .map(control -> labels.of(control.arm()) + ": " + Numbers.ratio(control.ratio()))
        .collect(Collectors.joining("; "));
  }

  private String delays() {
    long found = count(PlantedOutcome.FOUND);
    long small = count(PlantedOutcome.TOO_SMALL);
    if (found + small == 0) {
      return "";
    }
    if (small == 0) {
      return ", and "
          + (found == 1 ? "the planted delay was" : "every planted delay was")
          + " found";
    }
    return found == 0
        ? "; the planted delays were too small for this run to see"
        : "; of the planted delays " + found + " were found and " + small + " too small to see";
  }

  private long count(PlantedOutcome outcome) {
    return summary.trust().planted().stream().filter(d -> d.outcome() == outcome).count();
  }

  private String unjudgedControls() {
    long unjudged =
        summary.trust().controls().stream()
            .filter(control -> control.outcome() == ControlOutcome.NOT_JUDGED)
            .count();
    return unjudged == 0
        ? ""
        : "; "
            + Numbers.count((int) unjudged, "control has", "controls have")
            + " too few forks to be judged, and so have the answers beside "
            + (unjudged == 1 ? "it" : "them");
  }

  /** The outcome of an A/A control. */
  static String of(ControlResult control) {
    return switch (control.outcome()) {
      case SAME -> "not called different";
      case DIFFERENT -> "called different";
      case NOT_JUDGED -> "not judged: too few forks";
    };
  }

  /** The outcome of a planted delay, and the smallest detectable one. */
  static String of(PlantedResult delay) {
    String could =
        delay
            .detectableNanos()
            .map(nanos -> "; " + Numbers.millis(nanos) + " would have been seen 19 times out of 20")
            .orElse("");
    return switch (delay.outcome()) {
      case FOUND -> "found with its size" + could;
      case TOO_SMALL -> "too small to be told from nothing" + could;
      case WRONG_SIZE -> "another size was found than planted";
      case NOT_JUDGED -> "not judged: too few forks";
    };
  }

  private static String found(PlantedResult delay) {
    return Numbers.millis((double) delay.plantedNanos())
        + " planted, "
        + Numbers.millis(delay.measuredNanos().mean())
        + delay.together().map(i -> " (" + Numbers.millisRange(i) + ")").orElse("")
        + " found";
  }

  /** A fork that drifted. */
  String of(DriftingFork fork) {
    return "Fork "
        + fork.fork()
        + " ("
        + fork.suite()
        + ") drifted: "
        + labels.of(fork.arm())
        + " against "
        + labels.of(fork.baseline())
        + " changed by "
        + Numbers.percent(fork.change())
        + " between its halves.";
  }

  /** A pair that moved in all forks together. */
  String of(MovingPair pair) {
    return "Panel "
        + pair.panel()
        + " was not warm: "
        + labels.of(pair.arm())
        + " against "
        + labels.of(pair.baseline())
        + " changed by "
        + Numbers.percent(pair.change().ratio())
        + pair.change()
            .interval()
            .map(i -> " (" + Numbers.percent(i.low()) + " to " + Numbers.percent(i.high()) + ")")
            .orElse("")
        + " between the halves of its "
        + pair.forks()
        + " forks.";
  }

  /** A try that failed. */
  String of(FailedTry failure) {
    return "Fork "
        + failure.fork()
        + " ("
        + failure.suite()
        + "), try "
        + failure.attempt()
        + " failed: "
        + labels.in(failure.reason())
        + (labels.in(failure.reason()).endsWith(".") ? "" : ".")
        + (failure.madeGood() ? " A later try succeeded." : " No try succeeded.");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The limits of {@link #jvms()}. */
  static final String ACROSS_JVMS =
      "Forks of the JVMs alternate. What differs between two processes is in these intervals, which"
          + " are therefore wider, and no control stands beside them.";

  /** One sentence for each cell on another JVM. */
  List<String> jvms() {
    return summary.jvms().stream()
        .map(
            result ->
                "On Java "
                    + result.jvm()
                    + ", "
                    + labels.subject(result.suite(), result.arm())
                    + (result.ratio().interval().isPresent()
                        ? " takes " + Numbers.ratio(result.ratio()) + " times as long as"
                        : " was measured in too few forks to say how long it takes against that")
                    + " on Java "
                    + result.baselineJvm()
                    + ".")
        .toList();
  }
}
