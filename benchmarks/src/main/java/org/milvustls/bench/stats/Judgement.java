package org.milvustls.bench.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.milvustls.bench.stats.Verdicts.Answer;
import org.milvustls.bench.stats.Verdicts.Control;
import org.milvustls.bench.stats.Verdicts.ControlResult;
import org.milvustls.bench.stats.Verdicts.Families;
import org.milvustls.bench.stats.Verdicts.Gate;
import org.milvustls.bench.stats.Verdicts.Planted;
import org.milvustls.bench.stats.Verdicts.PlantedResult;
import org.milvustls.bench.stats.Verdicts.Question;

/** From estimates to verdicts: first the controls, then the gate, then the answers. */
record Judgement(Families families) {

  Verdicts of(List<Question> questions, List<Control> controls, List<Planted> planted) {
    List<ControlResult> judgedControls = controls.stream().map(this::judge).toList();
    List<PlantedResult> judgedPlanted = planted.stream().map(this::judge).toList();
    Gate gate = gate(judgedControls, judgedPlanted);
    List<Answer> answers = questions.stream().map(question -> answer(question, gate)).toList();
    return new Verdicts(answers, judgedControls, judgedPlanted, gate);
  }

  private ControlResult judge(Control control) {
    Optional<Interval> interval = control.logRatio().ratioInterval(together(families.controls()));
    boolean different = interval.map(i -> !i.contains(1)).orElse(false);
    return new ControlResult(control.name(), control.logRatio().ratio(), interval, different);
  }

  private PlantedResult judge(Planted planted) {
    Optional<Interval> interval = planted.differenceNanos().interval(together(families.planted()));
    boolean found =
        interval.map(i -> i.contains(planted.plantedNanos()) && !i.contains(0)).orElse(false);
    return new PlantedResult(
        planted.name(), planted.plantedNanos(), planted.differenceNanos().mean(), interval, found);
  }

  private Answer answer(Question question, Gate gate) {
    double confidence =
        question.headline() ? together(families.headlines()) : families.confidence();
    Optional<Interval> interval = question.logRatio().ratioInterval(confidence);
    Verdict verdict =
        interval
            .filter(i -> gate.open())
            .map(i -> Verdict.of(i, question.margin()))
            .orElse(Verdict.WITHHELD);
    boolean within = interval.map(i -> Verdict.withinMargin(i, question.margin())).orElse(false);
    return new Answer(
        question.name(), question.logRatio().ratio(), interval, confidence, verdict, within);
  }

  private double together(int intervals) {
    return Estimate.simultaneous(families.confidence(), intervals);
  }

  private static Gate gate(List<ControlResult> controls, List<PlantedResult> planted) {
    List<String> reasons = new ArrayList<>();
    if (controls.isEmpty()) {
      reasons.add("the run has no A/A control");
    }
    controls.forEach(control -> reason(control).ifPresent(reasons::add));
    planted.forEach(delay -> reason(delay).ifPresent(reasons::add));
    return new Gate(reasons.isEmpty(), List.copyOf(reasons));
  }

  private static Optional<String> reason(ControlResult control) {
    if (control.interval().isEmpty()) {
      return Optional.of(control.name() + ": one fork only, so there is no interval");
    }
    return control.different()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s: the A/A control was called different where nothing differs (%s)",
                control.name(),
                range(control.interval(), "%.4f to %.4f")))
        : Optional.empty();
  }

  private static Optional<String> reason(PlantedResult delay) {
    if (delay.found()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: a planted delay of %.0f ns was not found with its size (%s)",
            delay.name(),
            delay.plantedNanos(),
            delay.interval().isEmpty()
                ? "one fork only, so there is no interval"
                : range(delay.interval(), "%.0f to %.0f ns")));
  }

  private static String range(Optional<Interval> interval, String format) {
    Interval seen = interval.orElseThrow();
    return String.format(Locale.ROOT, format, seen.low(), seen.high());
  }
}
