package org.milvustls.bench.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.ComparisonResult;
import org.milvustls.bench.result.Summary.FailedTry;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.result.Summary.PlantedResult;
import org.milvustls.bench.result.Summary.Trust;
import org.milvustls.bench.result.Summary.Unavailable;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Cycles;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;
import org.milvustls.bench.stats.Verdict;

/**
 * Computes what the measurements of a run allow to say. A pure function of plan and measurements,
 * also of an interrupted run.
 */
public final class Summarizer {
  private static final double ALONE = 0.95;

  private final String run;
  private final Plan plan;
  private final List<Measurement> lines;
  private final List<Measurement> good;

  private Summarizer(String run, Plan plan, List<Measurement> lines) {
    this.run = run;
    this.plan = plan;
    this.lines = lines.stream().map(line -> UsableFork.check(plan, line)).toList();
    this.good =
        this.lines.stream()
            .filter(Measurement::succeeded)
            .sorted(Comparator.comparingInt(Measurement::fork))
            .toList();
  }

  /**
   * The summary of a run.
   *
   * @param run its id
   * @param lines every line of {@code measurements.jsonl}, failed tries too
   */
  public static Summary summarize(String run, Plan plan, List<Measurement> lines) {
    return new Summarizer(run, plan, lines).summary();
  }

  private Summary summary() {
    Trust trust = trust();
    return new Summary(
        Summary.SCHEMA,
        run,
        plan.profile(),
        plan.seed(),
        lines.stream()
            .map(Measurement::started)
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH),
        lines.stream().map(Measurement::took).reduce(Duration.ZERO, Duration::plus),
        good.stream().map(Measurement::fork).collect(Collectors.toSet()).size()
            == plan.forks().size(),
        plan.confidence(),
        trust,
        cells(),
        comparisons(trust.verdictsGiven()),
        plan.unavailable().stream()
            .map(cell -> new Unavailable(cell.cell(), cell.reason(), cell.failed()))
            .toList(),
        failures());
  }

  private List<FailedTry> failures() {
    Set<Integer> madeGood =
        good.stream().map(Measurement::fork).collect(Collectors.toCollection(HashSet::new));
    return lines.stream()
        .filter(line -> !line.succeeded())
        .map(
            line ->
                new FailedTry(
                    line.fork(),
                    line.attempt(),
                    line.suite(),
                    line.failure().orElseThrow(),
                    madeGood.contains(line.fork())))
        .toList();
  }

  // --- pairs -------------------------------------------------------------------------------------

  private List<ComparisonResult> comparisons(boolean verdictsGiven) {
    List<ComparisonResult> results = new ArrayList<>();
    double together = Estimate.simultaneous(plan.confidence(), headlinePairs());
    for (Panel panel : plan.panels()) {
      for (Comparison comparison : panel.comparisons()) {
        Arm baseline = Arm.measured(comparison.baseline());
        double confidence = comparison.headline() ? together : ALONE;
        List<Pair> pairs =
            comparison.cells().stream()
                .flatMap(
                    cell ->
                        pair(panel, Arm.measured(cell), baseline, confidence, comparison.margin())
                            .stream())
                .map(pair -> verdictsGiven ? pair : withheld(pair))
                .toList();
        results.add(
            new ComparisonResult(
                comparison.name(),
                panel.suite(),
                comparison.question(),
                comparison.headline(),
                comparison.margin(),
                baseline.name(),
                pairs));
      }
    }
    return results;
  }

  private int headlinePairs() {
    return plan.panels().stream()
        .flatMap(panel -> panel.comparisons().stream())
        .filter(Comparison::headline)
        .mapToInt(comparison -> comparison.cells().size())
        .sum();
  }

  private static Pair withheld(Pair pair) {
    return new Pair(
        pair.arm(),
        pair.baseline(),
        pair.ratio(),
        pair.differenceNanos(),
        pair.meanRatio(),
        Verdict.WITHHELD,
        pair.forks());
  }

  /** An arm against a baseline over all good forks of their panel; absent when there is none. */
  private Optional<Pair> pair(
      Panel panel, Arm arm, Arm baseline, double confidence, double margin) {
    List<Measurement> forks = forks(panel);
    if (forks.isEmpty()) {
      return Optional.empty();
    }
    Estimate ratio = over(forks, fork -> medians(fork, arm, baseline).logRatio());
    Estimate difference = over(forks, fork -> medians(fork, arm, baseline).difference());
    Estimate means = over(forks, fork -> means(fork, arm, baseline).logRatio());
    Verdict verdict =
        ratio
            .interval(confidence)
            .map(interval -> Verdict.of(interval.exp(), margin))
            .orElse(Verdict.WITHHELD);
    return Optional.of(
        new Pair(
            arm.name(),
            baseline.name(),
            ratio(ratio, confidence),
            value(difference),
            ratio(means, confidence),
            verdict,
            forks.size()));
  }

  private List<Measurement> forks(Panel panel) {
    return good.stream().filter(line -> line.suite() == panel.suite()).toList();
  }

  /** Over forks; forks that met the servers in one rotation form a group. */
  private static Estimate over(List<Measurement> forks, ToDoubleFunction<Measurement> value) {
    return Estimate.of(
        forks.stream().mapToDouble(value).toArray(),
        forks.stream().mapToInt(Measurement::rotation).toArray());
  }

  private static Cycles medians(Measurement fork, Arm arm, Arm baseline) {
    return Cycles.of(
        used(fork, find(fork, arm).cycleMedians()),
        used(fork, find(fork, baseline).cycleMedians()));
  }

  private static Cycles means(Measurement fork, Arm arm, Arm baseline) {
    return Cycles.of(
        used(fork, find(fork, arm).cycleMeans()), used(fork, find(fork, baseline).cycleMeans()));
  }

  private static <T> List<T> used(Measurement fork, List<T> cycles) {
    return cycles.subList(fork.warmupCycles(), cycles.size());
  }

  private static ArmMeasurement find(Measurement fork, Arm arm) {
    return fork.arms().stream()
        .filter(measured -> measured.arm().equals(arm.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("fork " + fork.fork() + " has no arm " + arm));
  }

  private static Summary.Ratio ratio(Estimate log, double confidence) {
    return new Summary.Ratio(Math.exp(log.mean()), log.interval(confidence).map(Interval::exp));
  }

  private static Value value(Estimate estimate) {
    return new Value(estimate.mean(), estimate.interval(ALONE));
  }

  // --- trust -------------------------------------------------------------------------------------

  private Trust trust() {
    List<Pair> controls = controls();
    List<PlantedResult> planted = planted();
    List<String> drifting = drifting();
    List<Pair> different =
        controls.stream()
            .filter(
                pair ->
                    pair.ratio().interval().map(interval -> !interval.contains(1)).orElse(false))
            .toList();
    List<PlantedResult> lost = planted.stream().filter(result -> !result.found()).toList();
    if (controls.isEmpty()
        || controls.stream().anyMatch(pair -> pair.ratio().interval().isEmpty())) {
      return new Trust(
          false, "too few forks for an interval", controls, planted, drifting);
    }
    if (!different.isEmpty()) {
      return new Trust(
          false,
          "the A/A control was called different where nothing differs ("
              + different.get(0).arm()
              + ")",
          controls,
          planted,
          drifting);
    }
    String found =
        lost.isEmpty()
            ? "every planted delay was found with its size"
            : "the planted delay was not found with its size for " + lost.get(0).arm();
    return new Trust(
        lost.isEmpty(),
        (lost.isEmpty() ? "no A/A control was called different, and " : "")
            + found,
        controls,
        planted,
        drifting);
  }

  /** All controls are tested together. */
  private List<Pair> controls() {
    int count = plan.panels().stream().mapToInt(panel -> of(panel, Arm.Kind.CONTROL).size()).sum();
    double together = Estimate.simultaneous(plan.confidence(), count);
    List<Pair> pairs = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      for (Arm control : of(panel, Arm.Kind.CONTROL)) {
        double margin =
            panel.comparisons().stream().mapToDouble(Comparison::margin).min().orElseThrow();
        pair(panel, control, Arm.measured(control.cell()), together, margin).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private static List<Arm> of(Panel panel, Arm.Kind kind) {
    return panel.arms().stream().filter(arm -> arm.kind() == kind).toList();
  }

  private List<PlantedResult> planted() {
    int count = plan.panels().stream().mapToInt(panel -> of(panel, Arm.Kind.PLANTED).size()).sum();
    double together = Estimate.simultaneous(plan.confidence(), count);
    List<PlantedResult> results = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      List<Measurement> forks = forks(panel);
      for (Arm arm : of(panel, Arm.Kind.PLANTED)) {
        if (!forks.isEmpty()) {
          Arm baseline = Arm.measured(arm.cell());
          Estimate found = over(forks, fork -> medians(fork, arm, baseline).difference());
          Optional<Interval> interval = found.interval(together);
          boolean right =
              interval
                  .map(i -> i.contains((double) arm.plantedNanos()) && i.low() > 0)
                  .orElse(false);
          results.add(
              new PlantedResult(
                  arm.name(), arm.plantedNanos(), new Value(found.mean(), interval), right));
        }
      }
    }
    return results;
  }

  private List<String> drifting() {
    List<String> drifting = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      for (Comparison comparison : panel.comparisons()) {
        Arm baseline = Arm.measured(comparison.baseline());
        for (Measurement fork : forks(panel)) {
          comparison.cells().stream()
              .map(Arm::measured)
              .filter(arm -> medians(fork, arm, baseline).drifts())
              .forEach(arm -> drifting.add("fork " + fork.fork() + ", " + arm.name()));
        }
      }
    }
    return drifting.stream().distinct().toList();
  }

  // --- cells -------------------------------------------------------------------------------------

  private List<CellResult> cells() {
    List<CellResult> cells = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      List<Measurement> forks = forks(panel);
      if (!forks.isEmpty()) {
        panel.arms().forEach(arm -> cells.add(CellResults.of(panel.suite(), arm, forks)));
      }
    }
    return cells;
  }
}
