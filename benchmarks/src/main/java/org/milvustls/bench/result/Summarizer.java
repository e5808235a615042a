package org.milvustls.bench.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Measurement.Phases;
import org.milvustls.bench.result.Summary.Best;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.FailedTry;
import org.milvustls.bench.result.Summary.ForkFacts;
import org.milvustls.bench.result.Summary.JvmResult;
import org.milvustls.bench.result.Summary.Unavailable;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;

/**
 * Computes the summary of a run. A pure function of plan and measurements, also for an interrupted
 * run.
 */
public final class Summarizer {
  private final String run;
  private final Plan plan;
  private final List<Measurement> lines;
  private final Map<String, Forks> forks = new HashMap<>();

  private Summarizer(String run, Plan plan, List<Measurement> lines) {
    this.run = run;
    this.plan = plan;
    this.lines = Forks.checked(plan, lines);
    for (Panel panel : plan.panels()) {
      forks.put(
          panel.name(),
          Forks.of(this.lines.stream().filter(line -> isOf(line, panel, Optional.empty()))));
    }
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
    List<Measurement> held =
        Forks.of(lines.stream().filter(line -> line.suite() == Suite.LOAD)).lines();
    Optional<Loads> load = plan.load().flatMap(panel -> Loads.of(panel, held));
    Judge judge = new Judge(plan, this::of, load.flatMap(Loads::control).stream().toList());
    Set<Integer> done = good();
    return new Summary(
        Summary.SCHEMA,
        run,
        plan.profile(),
        plan.seed(),
        lines.stream().map(Measurement::started).min(Comparator.naturalOrder()),
        lines.stream().map(Measurement::took).reduce(Duration.ZERO, Duration::plus),
        lines.stream().flatMap(line -> line.phases().stream()).reduce(Phases::plus),
        plan.forks().size(),
        done.size(),
        plan.confidence(),
        judge.trust(),
        cells(),
        judge.comparisons(),
        best(),
        Costs.of(new ArmCosts(plan, this::of), load),
        plan.unavailable().stream()
            .map(cell -> new Unavailable(cell.cell(), cell.reason(), cell.failed()))
            .toList(),
        failures(done),
        forkFacts(),
        jvms(),
        load.map(Loads::summary));
  }

  private boolean isOf(Measurement line, Panel panel, Optional<String> jvm) {
    return line.panel().equals(panel.name())
        && plan.forks().stream()
            .anyMatch(fork -> fork.index() == line.fork() && fork.jvm().equals(jvm));
  }

  private List<JvmResult> jvms() {
    List<JvmResult> results = new ArrayList<>();
    for (String home : plan.otherJvms()) {
      for (Panel panel : plan.panels()) {
        Forks other =
            Forks.of(this.lines.stream().filter(line -> isOf(line, panel, Optional.of(home))));
        results.addAll(JvmResults.of(plan, panel, home, of(panel), other));
      }
    }
    return results;
  }

  private Forks of(Panel panel) {
    return Objects.requireNonNull(forks.get(panel.name()));
  }

  private Set<Integer> good() {
    return lines.stream()
        .filter(Measurement::succeeded)
        .map(Measurement::fork)
        .collect(Collectors.toSet());
  }

  private List<FailedTry> failures(Set<Integer> done) {
    return lines.stream()
        .filter(line -> !line.succeeded())
        .map(
            line ->
                new FailedTry(
                    line.fork(),
                    line.attempt(),
                    line.suite(),
                    line.failure().orElseThrow(),
                    done.contains(line.fork())))
        .toList();
  }

  private List<Best> best() {
    return plan.panels().stream()
        .flatMap(panel -> Choices.of(panel, of(panel), plan.confidence()).stream())
        .toList();
  }

  private List<CellResult> cells() {
    List<CellResult> cells = new ArrayList<>();
    for (Panel panel : plan.panels()) {
      Forks measured = of(panel);
      if (!measured.isEmpty()) {
        panel.arms().forEach(arm -> cells.add(CellResults.of(panel, arm, measured.lines())));
      }
    }
    return cells;
  }

  private List<ForkFacts> forkFacts() {
    return plan.panels().stream()
        .flatMap(panel -> of(panel).lines().stream().map(fork -> ForkRecords.of(panel, fork)))
        .sorted(Comparator.comparingInt(ForkFacts::fork))
        .toList();
  }
}
