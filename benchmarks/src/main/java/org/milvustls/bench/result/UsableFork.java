package org.milvustls.bench.result;

import java.util.List;
import java.util.Optional;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Suite;

/** Validates a successful measurement. */
final class UsableFork {
  private static final int FEWEST_CYCLES = 2;

  private UsableFork() {}

  /** Returns the line itself, or a copy marked as failed, with the reason. */
  static Measurement check(Plan plan, Measurement line) {
    Optional<String> problem = line.succeeded() ? problem(plan, line) : Optional.empty();
    return problem.map(reason -> failed(line, "cannot be used: " + reason)).orElse(line);
  }

  private static Optional<String> problem(Plan plan, Measurement line) {
    if (plan.forks().stream().noneMatch(f -> isFork(line, f))) {
      return Optional.of("the plan has no such fork");
    }
    if (line.suite() == Suite.LOAD) {
      return load(plan, line);
    }
    Optional<Panel> panel =
        plan.panels().stream().filter(p -> p.name().equals(line.panel())).findFirst();
    if (panel.isEmpty()) {
      return Optional.of("the plan has no panel " + line.panel());
    }
    for (Arm arm : panel.get().arms()) {
      Optional<ArmMeasurement> measured =
          line.arms().stream().filter(m -> m.arm().equals(arm.name())).findFirst();
      Optional<String> problem =
          measured
              .map(m -> problem(line.warmupCycles(), line.arms().get(0).cycleMedians().size(), m))
              .orElse(Optional.of("nothing was measured"));
      if (problem.isPresent()) {
        return Optional.of(problem.get() + " (" + arm.name() + ")");
      }
    }
    return Optional.empty();
  }

  /** Checks that every arm has a counted step, and that every histogram is readable. */
  private static Optional<String> load(Plan plan, Measurement line) {
    for (Arm arm : plan.load().orElseThrow().arms()) {
      List<LoadMeasurement.Step> steps = Loads.steps(line, arm);
      if (steps.isEmpty()) {
        return Optional.of("no rate was held (" + arm.name() + ")");
      }
      for (LoadMeasurement.Step step : steps) {
        if (step.windowNanos() <= 0 || !readable(step)) {
          return Optional.of("a damaged step at " + step.rate() + "/s (" + arm.name() + ")");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean readable(LoadMeasurement.Step step) {
    try {
      Histograms.decoded(step.latency());
      Histograms.decoded(step.lag());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isFork(Measurement line, Plan.PlannedFork fork) {
    return fork.index() == line.fork() && fork.panel().equals(line.panel());
  }

  private static Optional<String> problem(int warmup, int cycles, ArmMeasurement arm) {
    if (warmup < 0 || cycles - warmup < FEWEST_CYCLES) {
      return Optional.of((cycles - warmup) + " cycles after warm-up");
    }
    for (List<Long> times : List.of(arm.cycleMedians(), arm.cycleMeans(), arm.firstCalls())) {
      if (times.size() != cycles) {
        return Optional.of(times.size() + " cycles where others have " + cycles);
      }
      if (times.stream().anyMatch(time -> time <= 0)) {
        return Optional.of("a time that is not above 0");
      }
    }
    if (arm.parts().values().stream().anyMatch(part -> part.size() != cycles)) {
      return Optional.of("a part with another number of cycles");
    }
    if (!Double.isFinite(arm.cpuNanos())
        || !Double.isFinite(arm.allocatedBytes())
        || !arm.serverCpuNanos().map(Double::isFinite).orElse(true)
        || !arm.serverAllocatedBytes().map(Double::isFinite).orElse(true)
        || !arm.nativeBytes().map(Double::isFinite).orElse(true)) {
      return Optional.of("CPU or heap is not a number");
    }
    return histogram(arm);
  }

  private static Optional<String> histogram(ArmMeasurement arm) {
    try {
      return Histograms.decoded(arm.histogram()).getTotalCount() > 0
          ? Optional.empty()
          : Optional.of("an empty histogram");
    } catch (IllegalArgumentException e) {
      return Optional.of("a damaged histogram");
    }
  }

  private static Measurement failed(Measurement line, String reason) {
    return new Measurement(
        line.schema(),
        line.fork(),
        line.attempt(),
        line.suite(),
        line.panel(),
        line.rotation(),
        line.started(),
        line.took(),
        Optional.of(reason),
        line.warmupCycles(),
        List.of(),
        line.servers(),
        line.jvm(),
        line.collections(),
        line.loadAverage());
  }
}
