package org.milvustls.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.Patience;
import org.milvustls.bench.result.Histograms;
import org.milvustls.bench.result.Json;
import org.milvustls.bench.result.LoadMeasurement;
import org.milvustls.bench.result.LoadMeasurement.ArmLoad;
import org.milvustls.bench.result.LoadMeasurement.Step;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.workload.LoadedMilvus;
import org.milvustls.bench.workload.SideFile;
import org.milvustls.tls.TlsMode;

/** A fork in a JVM of its own, against a real embedded Milvus in plaintext and one with TLS. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoadForkTest {
  private static final Arm PLAINTEXT = Arm.measured(Cell.plaintext(Operation.LOAD));
  private static final Arm TLS =
      Arm.measured(Cell.secured(Operation.LOAD, TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK)));

  @TempDir static Path folder;

  private static @Nullable LoadedMilvus milvus;

  @BeforeAll
  static void start() {
    milvus = new LoadedMilvus(folder, TlsMode.OFF, TlsMode.SERVER);
  }

  @AfterAll
  static void stop() {
    if (milvus != null) {
      milvus.close();
    }
  }

  private static LoadedMilvus milvus() {
    return Objects.requireNonNull(milvus);
  }

  private static LoadPanel panel(
      int processes, Duration window, int mostInFlight, List<Double> rates) {
    return new LoadPanel(
        "How many?",
        List.of(PLAINTEXT, TLS),
        1,
        processes,
        Duration.ofSeconds(2),
        Duration.ofMillis(200),
        window,
        Duration.ofMillis(20),
        mostInFlight,
        Duration.ofSeconds(5),
        rates);
  }

  private static Process launch(String name, LoadPanel panel) throws IOException {
    Path spec = folder.resolve(name + ".spec.json");
    Files.writeString(
        spec,
        Json.mapper()
            .writeValueAsString(
                new LoadSpec(panel, 7, milvus().target(), folder.resolve(name + ".jsonl"))));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LoadFork.class.getName(),
            spec.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private static SideFile.Outcome ended(String name, Process process) throws Exception {
    try {
      Patience.exitCode(process, "the fork", () -> log(name));
      return SideFile.read(folder.resolve(name + ".jsonl"));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return "";
    }
  }

  private static LoadMeasurement measured(String name, LoadPanel panel) throws Exception {
    SideFile.Outcome outcome = ended(name, launch(name, panel));
    assertThat(outcome.failure()).as(log(name)).isEmpty();
    return outcome.result().orElseThrow().load().orElseThrow();
  }

  @Test
  @Order(1)
  void holds_each_rate_for_each_arm_by_two_processes_whose_histograms_are_added() throws Exception {
    LoadMeasurement load =
        measured("hold", panel(2, Duration.ofMillis(400), 500, List.of(25.0, 50.0)));
    assertThat(load.processes()).isEqualTo(2);
    assertThat(load.arms()).extracting(ArmLoad::arm).containsExactly(PLAINTEXT.name(), TLS.name());
    assertThat(load.arms().get(0).negotiated()).isEmpty();
    assertThat(load.arms().get(1).negotiated().orElseThrow().protocol()).isEqualTo("TLSv1.3");
    for (ArmLoad arm : load.arms()) {
      // Two seconds of steps of 0.6 s for two arms.
      assertThat(arm.steps().stream().map(Step::warmup).limit(3))
          .containsExactly(true, true, false);
      assertThat(arm.steps().stream().filter(step -> !step.warmup())).isNotEmpty();
      assertThat(arm.steps())
          .allSatisfy(
              step -> {
                assertThat(step.counted()).isPositive();
                assertThat(Histograms.decoded(step.latency()).getTotalCount())
                    .isEqualTo(step.counted());
                assertThat(Histograms.decoded(step.lag()).getTotalCount())
                    .isEqualTo(step.counted());
                assertThat(step.serverCores()).isPresent();
              });
    }
  }

  @Test
  @Order(2)
  void without_a_grid_it_finds_one_that_rises() throws Exception {
    LoadMeasurement load = measured("grid", panel(1, Duration.ofSeconds(1), 10, List.of()));
    assertThat(load.rates()).hasSizeGreaterThan(3).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Order(3)
  void a_server_that_is_killed_fails_the_fork_with_the_reason() throws Exception {
    Process process =
        launch("killed", panel(1, Duration.ofSeconds(1), 500, List.of(20.0, 25.0, 31.5, 40.0)));
    Patience.await(
        "the warm-up of the fork", () -> log("killed"), () -> log("killed").contains("(warm-up)"));
    ProcessHandle.of(milvus().server(TlsMode.OFF).pid().getAsLong())
        .orElseThrow()
        .destroyForcibly();
    SideFile.Outcome outcome = ended("killed", process);
    assertThat(outcome.result()).isEmpty();
    assertThat(outcome.failure().orElseThrow())
        .contains("a call of the open loop failed")
        .contains("UNAVAILABLE");
  }
}
