package org.milvustls.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.load.LoadFork;
import org.milvustls.bench.load.LoadSpec;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.workload.SideFile;
import org.milvustls.bench.workload.Target;

/** Runs one fork of suite {@code load} in a JVM of its own, within a time limit. */
final class LoadLauncher {
  private static final int PATIENCE = 4;
  private static final Duration GRACE = Duration.ofMinutes(2);

  private final Path raw;
  private final ObjectMapper json = Json.mapper();

  LoadLauncher(Path raw) {
    this.raw = raw;
  }

  /**
   * Runs one try of one fork.
   *
   * @param name of its files in {@code raw/}
   * @param panel with a grid; without one the fork finds it
   */
  SideFile.Outcome run(String name, LoadPanel panel, long seed, Target target) {
    Path sideFile = raw.resolve(name + ".jsonl").toAbsolutePath();
    Path specFile = raw.resolve(name + ".spec.json").toAbsolutePath();
    Duration limit = panel.expectedFork().multipliedBy(PATIENCE).plus(GRACE);
    try {
      Files.deleteIfExists(sideFile);
      Files.writeString(
          specFile, json.writeValueAsString(new LoadSpec(panel, seed, target, sideFile)));
      boolean ended = run(command(specFile), raw.resolve(name + ".log"), limit);
      SideFile.Outcome outcome = SideFile.read(sideFile);
      return outcome.result().isPresent() || outcome.failure().isPresent()
          ? outcome
          : new SideFile.Outcome(Optional.empty(), Optional.of(why(ended, limit, name)));
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot write to " + raw)
          .seen(e)
          .next("free some space, then go on with --resume")
          .cause(e)
          .build();
    }
  }

  private static String why(boolean ended, Duration limit, String name) {
    return (ended
            ? "its JVM ended without its completion marker"
            : "took longer than " + limit.toSeconds() + " s and was stopped")
        + " (see raw/"
        + name
        + ".log)";
  }

  private static List<String> command(Path specFile) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkJvm.flags(Suite.LOAD));
    command.addAll(
        List.of(
            "-cp",
            PreflightRunner.absoluteClassPath(),
            LoadFork.class.getName(),
            specFile.toString()));
    return command;
  }

  private static boolean run(List<String> command, Path log, Duration limit) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a fork ran", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
