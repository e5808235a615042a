package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.ControlResult;
import org.milvustls.bench.result.Summary.DriftingFork;
import org.milvustls.bench.result.Summary.MovingPair;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.PlantedResult;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Trust;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Drift;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdicts;
import org.milvustls.bench.stats.Verdicts.Control;
import org.milvustls.bench.stats.Verdicts.Families;
import org.milvustls.bench.stats.Verdicts.Gate;
import org.milvustls.bench.stats.Verdicts.Planted;
import org.milvustls.bench.stats.Verdicts.Question;

/**
 * Passes the questions and controls of a plan to {@link Verdicts}, and turns its answers into
 * records.
 */
final class Judge {
  private record Asked(Panel panel, Forks forks, Comparison comparison, Arm arm, Arm baseline) {}

  private record Tested(Panel panel, Forks forks, Arm arm, Arm baseline) {}

  private final Plan plan;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Tested> controls = new ArrayList<>();
  private final List<Tested> planted = new ArrayList<>();
  private final List<MoreControl> more;
  private final Verdicts verdicts;

  /**
   * An A/A control that is not an arm of a panel.
   *
   * @param arm its name
   * @param baseline name of the baseline
   * @param panel name of its panel
   * @param logRatio over forks
   */
  record MoreControl(String arm, String baseline, String panel, Estimate logRatio) {}

  /**
   * Creates a judge of the measurements.
   *
   * @param more further controls, judged with those of the panels: ratios of throughputs
   */
  Judge(Plan plan, Function<Panel, Forks> forks, List<MoreControl> more) {
    this.more = List.copyOf(more);
    this.plan = plan;
    for (Panel panel : plan.panels()) {
      if (!forks.apply(panel).isEmpty()) {
        ask(panel, forks.apply(panel));
      }
    }
    this.verdicts =
        Verdicts.of(
            new Families(
                plan.confidence(),
                headlines(),
                count(Arm.Kind.CONTROL) + more.size(),
                count(Arm.Kind.PLANTED)),
            asked.stream().map(Judge::question).toList(),
            Stream.concat(
                    controls.stream().map(c -> new Control(c.arm().name(), logRatio(c))),
                    more.stream().map(c -> new Control(c.arm(), c.logRatio())))
                .toList(),
            planted.stream().map(Judge::delay).toList());
  }

  private void ask(Panel panel, Forks measured) {
    for (Comparison comparison : panel.comparisons()) {
      Arm baseline = Arm.measured(comparison.baseline());
      for (Cell cell : comparison.cells()) {
        asked.add(new Asked(panel, measured, comparison, Arm.measured(cell), baseline));
      }
    }
    for (Arm arm : panel.arms()) {
      if (arm.kind() == Arm.Kind.CONTROL) {
        controls.add(new Tested(panel, measured, arm, Arm.measured(arm.cell())));
      } else if (arm.kind() == Arm.Kind.PLANTED) {
        planted.add(new Tested(panel, measured, arm, arm.paused()));
      }
    }
  }

  private static Question question(Asked asked) {
    return new Question(
        asked.arm().name(),
        asked.forks().logRatio(asked.arm(), asked.baseline()),
        asked.comparison().headline(),
        asked.comparison().margin());
  }

  private static Estimate logRatio(Tested tested) {
    return tested.forks().logRatio(tested.arm(), tested.baseline());
  }

  private static Planted delay(Tested tested) {
    return new Planted(
        tested.arm().name(),
        tested.forks().difference(tested.arm(), tested.baseline()),
        tested.arm().plantedNanos());
  }

  private int headlines() {
    return plan.panels().stream()
        .flatMap(panel -> panel.comparisons().stream())
        .filter(Comparison::headline)
        .mapToInt(comparison -> comparison.cells().size())
        .sum();
  }

  private int count(Arm.Kind kind) {
    return (int)
        plan.panels().stream()
            .flatMap(panel -> panel.arms().stream())
            .filter(arm -> arm.kind() == kind)
            .count();
  }

  /** The comparisons of the plan, in its order; without pairs where nothing was measured. */
  List<ComparisonResult> comparisons() {
    List<ComparisonResult> results = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      for (Comparison comparison : panel.comparisons()) {
        results.add(
            new ComparisonResult(
                comparison.name(),
                panel.suite(),
                panel.name(),
                comparison.question(),
                comparison.headline(),
                comparison.margin(),
                Arm.measured(comparison.baseline()).name(),
                pairs(comparison)));
      }
    }
    return results;
  }

  private List<Pair> pairs(Comparison comparison) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).comparison().equals(comparison)) {
        pairs.add(pair(asked.get(i), verdicts.answers().get(i)));
      }
    }
    return pairs;
  }

  private static Pair pair(Asked asked, Verdicts.Answer answer) {
    Estimate means = asked.forks().logRatioOfMeans(asked.arm(), asked.baseline());
    return new Pair(
        asked.arm().name(),
        asked.baseline().name(),
        new Ratio(answer.ratio(), answer.interval()),
        answer.confidence(),
        Value.of(asked.forks().difference(asked.arm(), asked.baseline())),
        new Ratio(means.ratio(), means.judgedInterval(answer.confidence()).map(Interval::exp)),
        asked.forks().logRatio(asked.arm(), asked.baseline()).grounds(),
        answer.verdict(),
        answer.withinMargin(),
        asked.forks().count());
  }

  /** The result of the controls. */
  Trust trust() {
    List<ControlResult> controlResults = new ArrayList<>();
    for (int i = 0; i < controls.size(); i++) {
      Verdicts.ControlResult found = verdicts.controls().get(i);
      controlResults.add(
          new ControlResult(
              found.name(),
              controls.get(i).panel().name(),
              controls.get(i).baseline().name(),
              new Ratio(found.ratio(), found.interval()),
              found.outcome(),
              controls.get(i).forks().count()));
    }
    for (int i = 0; i < more.size(); i++) {
      Verdicts.ControlResult found = verdicts.controls().get(controls.size() + i);
      controlResults.add(
          new ControlResult(
              found.name(),
              more.get(i).panel(),
              more.get(i).baseline(),
              new Ratio(found.ratio(), found.interval()),
              found.outcome(),
              more.get(i).logRatio().forks()));
    }
    List<PlantedResult> plantedResults = new ArrayList<>();
    for (int i = 0; i < planted.size(); i++) {
      Verdicts.PlantedResult found = verdicts.planted().get(i);
      plantedResults.add(
          new PlantedResult(
              found.name(),
              planted.get(i).panel().name(),
              planted.get(i).arm().plantedNanos(),
              new Value(found.foundNanos(), found.interval()),
              found.together(),
              found.detectableNanos(),
              found.outcome(),
              planted.get(i).forks().count()));
    }
    return new Trust(
        verdicts.gate() == Gate.OPEN,
        verdicts.gate(),
        controlResults,
        plantedResults,
        drifting(),
        moving());
  }

  /**
   * Arms that moved against their baseline in all forks together, which a single fork cannot show.
   * Uses a t interval over forks, simultaneous with those of all pairs.
   */
  private List<MovingPair> moving() {
    double confidence = Estimate.simultaneous(plan.confidence(), asked.size());
    List<MovingPair> moving = new ArrayList<>();
    for (Asked pair : asked) {
      Estimate change =
          pair.forks().over(fork -> Forks.medians(fork, pair.arm(), pair.baseline()).change());
      change
          .judgedInterval(confidence)
          .filter(interval -> !interval.contains(0))
          .ifPresent(
              interval ->
                  moving.add(
                      new MovingPair(
                          pair.panel().name(),
                          pair.arm().name(),
                          pair.baseline().name(),
                          new Ratio(change.ratio(), Optional.of(interval.exp())),
                          change.forks())));
    }
    return moving;
  }

  private List<DriftingFork> drifting() {
    List<DriftingFork> drifting = new ArrayList<>();
    for (Asked pair : asked) {
      for (Measurement fork : pair.forks().lines()) {
        Drift drift = Forks.medians(fork, pair.arm(), pair.baseline()).drift();
        if (drift.flagged()) {
          drifting.add(
              new DriftingFork(
                  fork.fork(),
                  fork.suite(),
                  pair.arm().name(),
                  pair.baseline().name(),
                  Math.exp(drift.change())));
        }
      }
    }
    return drifting.stream().distinct().toList();
  }
}
