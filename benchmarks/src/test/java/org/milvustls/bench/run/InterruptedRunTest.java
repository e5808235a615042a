package org.milvustls.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.Patience;
import org.milvustls.bench.cli.RunBenchmarks;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;

/** Real runs of the handshake suite that end before they should, and go on. */
class InterruptedRunTest {
  private static final int INTERRUPTED = 130;
  private static final int KILLED = 128 + 9;

  @TempDir Path temp;
  private Path results = Path.of("");
  private Path said = Path.of("");

  @SuppressWarnings("NullAway.Init") // each test starts one
  private Process run;

  @BeforeEach
  void folders() throws IOException {
    results = Files.createDirectories(temp.resolve("results"));
    said = temp.resolve("said.log");
    Files.createDirectories(temp.resolve("tmp"));
  }

  @AfterEach
  void nothing_runs_on() {
    run.descendants().forEach(ProcessHandle::destroyForcibly);
    run.destroyForcibly();
  }

  @Test
  void ctrl_c_twice_stops_all_leaves_a_report_and_the_run_can_go_on() throws Exception {
    start("--profile", "smoke", "--suite", "handshake", "--filter", "*/tls1.3/*");
    await("the first fork to end", () -> said().contains(", 1 of 2 forks"));
    ProcessHandle fork = awaitFork();
    interrupt();
    interrupt();
    assertThat(ended()).isEqualTo(INTERRUPTED);
    await("the fork to end with its run", () -> !fork.isAlive());
    RunFolder folder = folder();
    assertThat(said())
        .contains("interrupted; what was measured is in " + folder.root())
        .contains("next: go on with './run-benchmarks.sh --resume " + folder.root() + "'");
    assertThat(folder.readMeasurements().lines()).hasSize(1).allMatch(Measurement::succeeded);
    assertThat(Files.readString(folder.root().resolve("report.md"))).contains("1 of 2 forks");
    assertThat(temp.resolve("tmp")).isDirectoryNotContaining(InterruptedRunTest::isWork);

    start("--resume", folder.root().toString());
    assertThat(ended()).as(said()).isZero();
    assertThat(folder.readMeasurements().lines()).hasSize(2).allMatch(Measurement::succeeded);
  }

  @Test
  void a_run_that_was_killed_goes_on_behind_the_cut_line_and_removes_what_was_left()
      throws Exception {
    start("--profile", "smoke", "--suite", "handshake", "--filter", "*/tls1.3/*");
    ProcessHandle fork = awaitFork();
    run.destroyForcibly();
    assertThat(ended()).isEqualTo(KILLED);
    await("the fork to end with its run", () -> !fork.isAlive());
    assertThat(temp.resolve("tmp")).isDirectoryContaining(InterruptedRunTest::isWork);
    RunFolder folder = folder();
    Files.writeString(
        folder.root().resolve("measurements.jsonl"),
        "{\"schema\":1,\"fork\":0,\"att",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);

    start("--resume", folder.root().toString());
    assertThat(ended()).as(said()).isZero();
    RunFolder.Measurements measured = folder.readMeasurements();
    assertThat(measured.lines()).hasSize(2).allMatch(Measurement::succeeded);
    assertThat(measured.cutLine()).isFalse();
    assertThat(temp.resolve("tmp")).isDirectoryNotContaining(InterruptedRunTest::isWork);
  }

  private static boolean isWork(Path file) {
    return Files.isDirectory(file) && file.getFileName().toString().startsWith("milvus-tls-bench-");
  }

  private void start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            // As run-benchmarks.sh: JMH would start another JVM, for half a second.
            "-Djmh.blackhole.autoDetect=false",
            "-Djava.io.tmpdir=" + temp.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            RunBenchmarks.class.getName()));
    command.addAll(List.of(arguments));
    if (!command.contains("--resume")) {
      command.addAll(List.of("--out", results.toString()));
    }
    run =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  private int ended() throws InterruptedException {
    return Patience.exitCode(run, "the run", this::said);
  }

  private void interrupt() throws Exception {
    assumeFalse(ignoresInterrupt(), "Ctrl-C: this build runs with SIGINT ignored, as under '&'");
    // Built into the shell: slim images lack the program.
    Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + run.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  private boolean ignoresInterrupt() throws IOException {
    Path status = Path.of("/proc", String.valueOf(run.pid()), "status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 2) != 0);
  }

  /** The JVM that measures: the only child, once preflight is over. */
  private ProcessHandle awaitFork() throws InterruptedException {
    List<ProcessHandle> found = new ArrayList<>();
    await(
        "a fork",
        () -> {
          if (said().contains("forks, about")) {
            run.descendants().forEach(found::add);
          }
          return !found.isEmpty();
        });
    return found.get(0);
  }

  private String said() {
    try {
      return Files.readString(said, UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private RunFolder folder() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(results, "smoke-*")) {
      return RunFolder.open(folders.iterator().next());
    }
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Patience.await(what, this::said, condition);
  }
}
