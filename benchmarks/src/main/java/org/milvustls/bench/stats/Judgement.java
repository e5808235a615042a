package org.milvustls.bench.stats;

import java.util.List;
import java.util.Optional;
import org.milvustls.bench.stats.Verdicts.Answer;
import org.milvustls.bench.stats.Verdicts.Control;
import org.milvustls.bench.stats.Verdicts.ControlOutcome;
import org.milvustls.bench.stats.Verdicts.ControlResult;
import org.milvustls.bench.stats.Verdicts.Families;
import org.milvustls.bench.stats.Verdicts.Gate;
import org.milvustls.bench.stats.Verdicts.Planted;
import org.milvustls.bench.stats.Verdicts.PlantedOutcome;
import org.milvustls.bench.stats.Verdicts.PlantedResult;
import org.milvustls.bench.stats.Verdicts.Question;

/**
 * Turns estimates into verdicts: first the controls, then the gate, then the answers.
 * docs/decisions/0008-controls-gate.md gives the reasons for the gate.
 */
record Judgement(Families families) {

  Verdicts of(List<Question> questions, List<Control> controls, List<Planted> planted) {
    List<ControlResult> judgedControls = controls.stream().map(this::judge).toList();
    List<PlantedResult> judgedPlanted = planted.stream().map(this::judge).toList();
    Gate gate = gate(judgedControls, judgedPlanted);
    List<Answer> answers = questions.stream().map(question -> answer(question, gate)).toList();
    return new Verdicts(answers, judgedControls, judgedPlanted, gate);
  }

  private ControlResult judge(Control control) {
    Optional<Interval> interval =
        control.logRatio().judgedInterval(together(families.controls())).map(Interval::exp);
    ControlOutcome outcome =
        interval
            .map(i -> i.contains(1) ? ControlOutcome.SAME : ControlOutcome.DIFFERENT)
            .orElse(ControlOutcome.NOT_JUDGED);
    return new ControlResult(control.name(), control.logRatio().ratio(), interval, outcome);
  }

  private PlantedResult judge(Planted planted) {
    Estimate found = planted.differenceNanos();
    Optional<Interval> alone = found.judgedInterval(families.confidence());
    Optional<Interval> together = found.judgedInterval(together(families.planted()));
    return new PlantedResult(
        planted.name(),
        planted.plantedNanos(),
        found.mean(),
        alone,
        together,
        alone.map(interval -> 2 * interval.halfWidth()),
        outcome(alone, together, planted.plantedNanos()));
  }

  private static PlantedOutcome outcome(
      Optional<Interval> alone, Optional<Interval> together, double plantedNanos) {
    if (alone.isEmpty() || together.isEmpty()) {
      return PlantedOutcome.NOT_JUDGED;
    }
    if (!together.get().contains(plantedNanos)) {
      return PlantedOutcome.WRONG_SIZE;
    }
    return alone.get().low() > 0 ? PlantedOutcome.FOUND : PlantedOutcome.TOO_SMALL;
  }

  private Answer answer(Question question, Gate gate) {
    double confidence =
        question.headline() ? together(families.headlines()) : families.confidence();
    Optional<Interval> interval = question.logRatio().judgedInterval(confidence).map(Interval::exp);
    Verdict verdict =
        interval
            .filter(i -> gate == Gate.OPEN)
            .map(i -> Verdict.of(i, question.margin()))
            .orElse(Verdict.WITHHELD);
    boolean within = interval.map(i -> Verdict.withinMargin(i, question.margin())).orElse(false);
    return new Answer(
        question.name(), question.logRatio().ratio(), interval, confidence, verdict, within);
  }

  private double together(int intervals) {
    return Estimate.simultaneous(families.confidence(), intervals);
  }

  /**
   * A control that cannot be judged does not close the gate. Its own suite has no interval either,
   * and another suite has its own control.
   */
  private static Gate gate(List<ControlResult> controls, List<PlantedResult> planted) {
    if (controls.stream().allMatch(c -> c.outcome() == ControlOutcome.NOT_JUDGED)) {
      return Gate.NO_CONTROL;
    }
    if (controls.stream().anyMatch(c -> c.outcome() == ControlOutcome.DIFFERENT)) {
      return Gate.CONTROL_DIFFERENT;
    }
    return planted.stream().anyMatch(p -> p.outcome() == PlantedOutcome.WRONG_SIZE)
        ? Gate.DELAY_WRONG
        : Gate.OPEN;
  }
}
