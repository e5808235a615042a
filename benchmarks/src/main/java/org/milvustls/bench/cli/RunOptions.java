package org.milvustls.bench.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.report.Reports;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.result.Summary;
import org.milvustls.bench.run.BenchmarkRun;
import org.milvustls.bench.run.RunRequest;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a run, and the run itself. */
final class RunOptions {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Mixin private final PlanOptions plan = new PlanOptions();
  @Mixin private final GivenOptions given = new GivenOptions();

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "KIND",
      defaultValue = "auto",
      description = "Where Milvus runs: auto (default), embedded, container.")
  private String server = "auto";

  @Option(
      names = "--image",
      paramLabel = "NAME",
      defaultValue = "${env:MILVUS_TLS_IMAGE:-" + ServerRequest.DEFAULT_IMAGE + "}",
      description = "Image of a container; default: ${DEFAULT-VALUE}.")
  private String image = ServerRequest.DEFAULT_IMAGE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Folder for the run's own folder; default: results.")
  private Path out = Path.of("results");

  @Option(
      names = "--resume",
      paramLabel = "RUN_DIR",
      description = "Go on with an interrupted run: same plan, only what is missing.")
  private @Nullable Path resume;

  @Option(names = "--quiet", description = "No progress, only the result.")
  private boolean quiet;

  int execute() {
    refuseContradictions();
    Clock clock = Clock.systemUTC();
    Path folder =
        resume == null
            ? out.resolve(plan.request().profile().id() + "-" + RUN_ID.format(Instant.now(clock)))
            : resume;
    RunRequest request =
        new RunRequest(
            plan.request(), ServerKind.of(server), image, given.milvus(), folder, resume != null);
    BenchmarkRun run = new BenchmarkRun(request, ConsoleProgress.choose(quiet), clock);
    Thread interrupted = new Thread(() -> interrupted(run, folder), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    RunFolder done;
    try {
      done = run.execute();
    } finally {
      removeHook(interrupted);
    }
    Summary summary = Reports.write(done);
    System.out.println(Reports.console(done, summary));
    boolean failed =
        summary.unavailable().stream().anyMatch(Summary.Unavailable::failed)
            || summary.failures().stream().anyMatch(failure -> !failure.madeGood());
    return failed ? RunBenchmarks.ANSWER_NO : 0;
  }

  private void refuseContradictions() {
    if (resume != null) {
      List<String> planned =
          Stream.of(
                  "--profile",
                  "--suite",
                  "--filter",
                  "--seed",
                  "--out",
                  "--latency-bound",
                  "--client-processes")
              .filter(this::isGiven)
              .toList();
      if (!planned.isEmpty()) {
        throw MilvusTlsException.usage("a resumed run keeps its plan and its folder")
            .seen(String.join(" ", planned))
            .next("leave that out, or start a new run without --resume")
            .build();
      }
    }
    if (ServerKind.of(server) == ServerKind.EXTERNAL) {
      throw MilvusTlsException.usage("a server that runs already is named by its address")
          .seen("--server " + server)
          .next("give --endpoint MODE=HOST:PORT in place of --server")
          .build();
    }
    if (isGiven("--endpoint") && isGiven("--server")) {
      throw MilvusTlsException.usage("--endpoint and --server exclude each other")
          .next("name servers that run, or have the run start its own")
          .build();
    }
  }

  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /**
   * Runs in the shutdown hook after Ctrl-C or SIGTERM. Stops all processes that the run started and
   * writes the reports of the measurements so far.
   */
  private static void interrupted(BenchmarkRun run, Path folder) {
    run.close();
    System.err.println();
    System.err.println("interrupted; what was measured is in " + folder);
    System.err.println("  next: go on with './run-benchmarks.sh --resume " + folder + "'");
    try {
      Reports.writeWithoutCharts(RunFolder.open(folder));
    } catch (RuntimeException e) {
      System.err.println("no report yet: " + e.getMessage());
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down and ends after the hook: nothing remains to do here.
      waitForTheEnd();
    }
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
