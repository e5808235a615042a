package org.milvustls.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Plan.UnavailableCell;
import org.milvustls.bench.workload.Preflight;
import org.milvustls.bench.workload.Target;

/** Runs {@link Preflight} for some panels in a JVM with the flags of their forks. */
final class PreflightRunner {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Path raw;
  private final ObjectMapper json = Json.mapper();

  PreflightRunner(Path raw) {
    this.raw = raw;
  }

  /**
   * The unavailable cells, each with its reason.
   *
   * @param panels panels of the cells; the first one names the files
   */
  List<UnavailableCell> examine(List<String> panels, List<Arm> arms, Target target) {
    String name = "preflight-" + panels.get(0);
    Path answer = raw.resolve(name + ".json");
    Path spec = raw.resolve(name + ".spec.json");
    Path log = raw.resolve(name + ".log");
    try {
      Files.writeString(spec, json.writeValueAsString(new Preflight.Question(arms, target)));
      run(name, spec, answer, log);
      return json.readValue(answer.toFile(), Preflight.Report.class).findings().stream()
          .filter(finding -> finding.problem().isPresent())
          .map(f -> new UnavailableCell(f.cell(), f.problem().orElseThrow(), f.failed()))
          .toList();
    } catch (IOException e) {
      throw MilvusTlsException.failure(name + " left no answer")
          .seen(e)
          .next("read " + log)
          .cause(e)
          .build();
    }
  }

  private static void run(String name, Path spec, Path answer, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkJvm.FLAGS);
    command.addAll(
        List.of(
            "-cp",
            absoluteClassPath(),
            Preflight.class.getName(),
            spec.toAbsolutePath().toString(),
            answer.toAbsolutePath().toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw MilvusTlsException.failure(name + " took longer than")
            .seen(LIMIT.toSeconds() + " s")
            .next("read " + log)
            .build();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during preflight", e);
    } finally {
      process.destroyForcibly();
    }
  }

  static String absoluteClassPath() {
    return System.getProperty("java.class.path").contains(File.pathSeparator)
        ? System.getProperty("java.class.path")
        : Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString();
  }
}
