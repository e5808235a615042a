package org.milvustls.bench.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.report.Reports;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.run.Progress;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;

/** Progress on stderr: a bar on a terminal, one line for each fork in a log. */
final class ConsoleProgress implements Progress {
  private final Terminal terminal;
  private final boolean quiet;
  private final Map<String, Integer> total = new HashMap<>();
  private final Map<String, Integer> ended = new HashMap<>();
  private final Map<String, Duration> last = new HashMap<>();
  private final List<Measurement> measured = new ArrayList<>();
  private List<PlannedFork> left = List.of();
  private @Nullable Plan plan;
  private @Nullable ProgressBar bar;

  private ConsoleProgress(Terminal terminal, boolean quiet) {
    this.terminal = terminal;
    this.quiet = quiet;
  }

  static Progress choose(boolean quiet) {
    return new ConsoleProgress(new Terminal(System.getenv()), quiet);
  }

  @Override
  public void say(String line) {
    if (!quiet) {
      System.err.println(line);
    }
  }

  @Override
  public void start(Plan planned, List<PlannedFork> remaining, List<Measurement> earlier) {
    plan = planned;
    measured.addAll(earlier);
    left = List.copyOf(remaining);
    planned.forks().forEach(fork -> total.merge(fork.panel(), 1, Integer::sum));
    planned.forks().stream()
        .filter(fork -> !remaining.contains(fork))
        .forEach(fork -> ended.merge(fork.panel(), 1, Integer::sum));
    say(
        remaining.isEmpty()
            ? "nothing is left to measure"
            : remaining.size() + " forks, about " + text(timeLeft(0)));
    if (terminal.showsProgress() && !quiet) {
      bar =
          new ProgressBarBuilder()
              .setInitialMax(remaining.size())
              .setStyle(ProgressBarStyle.ASCII)
              .hideEta()
              .setConsumer(new ConsoleProgressBarConsumer(System.err, terminal.columns() - 1))
              .build();
    }
  }

  @Override
  public void fork(PlannedFork fork, int attempt) {
    if (bar != null) {
      bar.setExtraMessage(" " + fork.panel() + (attempt > 1 ? ", try " + attempt : ""));
    }
  }

  @Override
  public void done(PlannedFork fork, Measurement measurement) {
    last.put(fork.panel(), measurement.took());
    measured.add(measurement);
    if (measurement.succeeded()) {
      ended.merge(fork.panel(), 1, Integer::sum);
    }
    int place = left.indexOf(fork) + 1;
    String line =
        String.format(
            "%s fork %d of %d%s, %d of %d forks, %s left%s",
            fork.panel(),
            ended.getOrDefault(fork.panel(), 0),
            total.getOrDefault(fork.panel(), 0),
            measurement.failure().map(why -> " FAILED (" + why + ")").orElse(""),
            place,
            left.size(),
            text(timeLeft(place)),
            running(fork.panel()).map(ratio -> "; " + ratio).orElse(""));
    if (bar != null) {
      bar.stepTo(measurement.succeeded() ? place : place - 1);
      bar.setExtraMessage(" " + line);
      measurement.failure().ifPresent(why -> say(line));
    } else {
      say(line);
    }
  }

  private Optional<String> running(String panel) {
    return plan == null || quiet ? Optional.empty() : Reports.running(plan, measured, panel);
  }

  /** Estimates from the time of the panel's last fork; before the first one, from the plan. */
  private Duration timeLeft(int from) {
    Plan planned = plan;
    if (planned == null) {
      return Duration.ZERO;
    }
    return left.subList(from, left.size()).stream()
        .map(fork -> last.getOrDefault(fork.panel(), planned.expected(fork)))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static String text(Duration duration) {
    return String.format("%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
