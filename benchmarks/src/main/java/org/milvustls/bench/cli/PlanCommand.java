package org.milvustls.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Prints comparisons, forks, order and the expected duration; runs and writes nothing.",
    footer = {"", "Example: ./run-benchmarks.sh plan --profile full --seed 7"})
final class PlanCommand implements Callable<Integer> {
  @Mixin private final PlanOptions options = new PlanOptions();

  @Option(names = "--json", description = "Print plan.json as a run would write it.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Plan plan = Planner.plan(options.request(), Map.of());
    if (json) {
      System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan));
    } else {
      print(plan, System.out);
    }
    return 0;
  }

  private static void print(Plan plan, PrintStream out) {
    out.printf(
        "Profile %s, seed %d: %d forks, about %s (budget %s).%n",
        plan.profile(),
        plan.seed(),
        plan.forks().size(),
        minutes(plan.expected()),
        minutes(plan.budget()));
    for (Panel panel : plan.panels()) {
      print(panel, out);
    }
    plan.load().ifPresent(load -> print(load, out));
    plan.otherJvms().forEach(home -> out.printf("%nalso with the JVM in %s%n", home));
    plan.unavailable()
        .forEach(cell -> out.printf("%nnot available: %s%n  %s%n", cell.cell(), cell.reason()));
    out.printf(
        "%nOrder: %s%n",
        plan.forks().stream().map(PlanCommand::text).collect(Collectors.joining(" ")));
  }

  private static String text(PlannedFork fork) {
    return fork.panel()
        + (fork.suite().needsMilvus() ? "/" + fork.rotation() : "")
        + (fork.jvm().isPresent() ? "/other-jvm" : "");
  }

  private static void print(Panel panel, PrintStream out) {
    out.printf(
        "%n%s: %s%n  %d forks, each %d warm-up cycles and %d cycles of one burst (%s operations after %s leading ones) of every arm%n",
        panel.name(),
        panel.title(),
        panel.forks(),
        panel.warmupCycles(),
        panel.cycles(),
        counts(panel, Operation::burst),
        counts(panel, Operation::leading));
    for (Comparison comparison : panel.comparisons()) {
      out.printf(
          "  %s%s: %s%n",
          comparison.name(), comparison.headline() ? " (headline)" : "", comparison.question());
      out.printf("    baseline %s%n", comparison.baseline());
      comparison.cells().forEach(cell -> out.printf("    arm      %s%n", cell));
    }
    panel.arms().stream()
        .filter(arm -> arm.kind() != Arm.Kind.MEASURED)
        .forEach(arm -> out.printf("  %s %s%n", purpose(arm), arm));
  }

  private static String purpose(Arm arm) {
    return switch (arm.kind()) {
      case MEASURED -> "arm             ";
      case CONTROL -> "A/A control     ";
      case PLANTED -> "positive control";
      case PAUSED -> "  held against  ";
    };
  }

  /** The counts of a panel's operations, each number once. */
  private static String counts(Panel panel, ToIntFunction<Operation> count) {
    return panel.arms().stream()
        .mapToInt(arm -> count.applyAsInt(arm.cell().operation()))
        .distinct()
        .sorted()
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" or "));
  }

  private static void print(LoadPanel load, PrintStream out) {
    out.printf(
        "%n%s: %s%n  %d forks; each warms with %d step(s) of every arm, then holds every rate of one grid for %.2f s after %.2f s%n  that do not count, for every arm until it saturates; %d client process(es), at most %d calls under way; rates: %s%n  %s%n",
        LoadPanel.NAME,
        Suite.LOAD.title(),
        load.forks(),
        load.warmUpSteps(),
        load.window().toMillis() / 1e3,
        load.settle().toMillis() / 1e3,
        load.processes(),
        load.mostInFlight(),
        load.rates().isEmpty() ? "found by the run" : load.rates(),
        load.question());
    load.arms()
        .forEach(
            arm ->
                out.printf(
                    "    %s %s%n",
                    arm.kind() == Arm.Kind.CONTROL
                        ? "A/A control"
                        : arm.equals(load.baseline()) ? "baseline   " : "arm        ",
                    arm));
  }

  private static String minutes(Duration duration) {
    return String.format("%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
  }
}
