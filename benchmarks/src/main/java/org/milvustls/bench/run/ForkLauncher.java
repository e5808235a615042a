package org.milvustls.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.jmh.ArmProfiler;
import org.milvustls.bench.jmh.PanelBenchmark;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.workload.ForkSpec;
import org.milvustls.bench.workload.SideFile;
import org.milvustls.bench.workload.Target;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs one fork under JMH, within a time limit, and reads its output. */
final class ForkLauncher implements AutoCloseable {
  /**
   * Time limit of a fork as a multiple of the expected time, plus {@link #GRACE}. Then it is
   * killed.
   */
  private static final int PATIENCE = 4;

  private static final Duration GRACE = Duration.ofMinutes(2);

  private final Path raw;
  private final ObjectMapper json = Json.mapper();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "fork-watch");
            thread.setDaemon(true);
            return thread;
          });

  ForkLauncher(Path raw) {
    // MachineLock excludes other runs; JMH's own lock is a file of one user.
    System.setProperty("jmh.ignoreLock", "true");
    this.raw = raw;
  }

  /**
   * Runs one try of one fork.
   *
   * @param name of its files in {@code raw/}, such as {@code fork-003-try-1}
   * @param jvm home of the JVM to run it with; empty: this one
   */
  SideFile.Outcome run(String name, Panel panel, long seed, Target target, Optional<String> jvm) {
    Path sideFile = raw.resolve(name + ".jsonl");
    ForkSpec spec = new ForkSpec(panel, seed, target, sideFile.toAbsolutePath());
    Path specFile = write(name, spec);
    Duration limit = Planner.expectedFork(panel).multipliedBy(PATIENCE).plus(GRACE);
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        watch.schedule(() -> kill(late), limit.toMillis(), TimeUnit.MILLISECONDS);
    String jmhSays = "";
    try {
      new Runner(options(name, panel, specFile, limit, jvm)).run();
    } catch (RunnerException e) {
      jmhSays = String.valueOf(e.getMessage());
    } finally {
      alarm.cancel(false);
    }
    return outcome(
        SideFile.read(sideFile),
        name,
        late.get() ? "took longer than " + limit.toSeconds() + " s and was stopped" : jmhSays);
  }

  /** The launcher for forks of suite {@code load}, which run without JMH. */
  LoadLauncher load() {
    return new LoadLauncher(raw);
  }

  private static SideFile.Outcome outcome(SideFile.Outcome outcome, String name, String jmhSays) {
    if (outcome.result().isPresent() || outcome.failure().isPresent()) {
      return outcome;
    }
    String why = jmhSays.isEmpty() ? "its JVM ended without its completion marker" : jmhSays;
    return new SideFile.Outcome(outcome.result(), Optional.of(why + " (see raw/" + name + ".log)"));
  }

  private Path write(String name, ForkSpec spec) {
    try {
      Path file = raw.resolve(name + ".spec.json");
      Files.writeString(file, json.writeValueAsString(spec));
      return file.toAbsolutePath();
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot write to " + raw)
          .seen(e)
          .next("free some space, then go on with --resume")
          .cause(e)
          .build();
    }
  }

  private org.openjdk.jmh.runner.options.Options options(
      String name, Panel panel, Path specFile, Duration limit, Optional<String> jvm) {
    List<String> flags = new ArrayList<>(ForkJvm.flags(panel.suite()));
    flags.add("-D" + ForkSpec.PROPERTY + "=" + specFile);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + PanelBenchmark.class.getName().replace(".", "\\.") + "\\.cycle$")
            .forks(1)
            .threads(1)
            .warmupIterations(0)
            .measurementIterations(panel.cycles())
            .shouldFailOnError(true)
            .shouldDoGC(false)
            .timeout(TimeValue.seconds(limit.toSeconds()))
            .jvmArgs(flags.toArray(String[]::new))
            .addProfiler(ArmProfiler.class)
            .resultFormat(ResultFormatType.JSON)
            .result(raw.resolve(name + ".json").toString())
            .output(raw.resolve(name + ".log").toString());
    jvm.ifPresent(home -> options.jvm(Path.of(home, "bin", "java").toString()));
    return options.build();
  }

  private static void kill(AtomicBoolean late) {
    late.set(true);
    killForks();
  }

  /** Kills the JVMs that JMH has started. Servers are not JVMs, so they continue to run. */
  static void killForks() {
    ProcessHandle.current()
        .children()
        .filter(
            child -> child.info().command().map(command -> command.endsWith("java")).orElse(false))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
