package org.milvustls.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;

class RunFolderTest {
  @TempDir Path temp;

  private static Measurement line(int fork) {
    return new Measurement(
        Measurement.SCHEMA,
        fork,
        1,
        Suite.HANDSHAKE,
        "handshake",
        0,
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(20),
        Optional.of("a reason with \"quotes\" and a\nline feed"),
        3,
        List.of(),
        List.of(),
        "17",
        new Measurement.Collections(0, 0),
        Optional.of(0.5));
  }

  private static Plan plan() {
    return Planner.plan(
        new Planner.Request(Profile.SMOKE, Profile.SMOKE.suites(), List.of(), 42, List.of()),
        Map.of());
  }

  private RunFolder run() {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    folder.writePlan(plan());
    return folder;
  }

  @Test
  void a_plan_comes_back_as_it_was_written() {
    assertThat(RunFolder.open(run().root()).readPlan()).isEqualTo(plan());
  }

  @Test
  void measurements_come_back_in_their_order() {
    RunFolder folder = run();
    folder.append(line(0));
    folder.append(line(1));
    assertThat(folder.readMeasurements().lines()).containsExactly(line(0), line(1));
    assertThat(folder.readMeasurements().cutLine()).isFalse();
  }

  @Nested
  class WhenACrashLeftACutLastLine {
    @Test
    void the_whole_lines_are_read_and_the_cut_one_is_told() throws IOException {
      RunFolder folder = run();
      folder.append(line(0));
      Files.writeString(
          folder.root().resolve("measurements.jsonl"),
          "{\"schema\":1,\"fo",
          StandardOpenOption.APPEND);
      assertThat(folder.readMeasurements().lines()).containsExactly(line(0));
      assertThat(folder.readMeasurements().cutLine()).isTrue();
    }

    @Test
    void the_next_line_is_written_over_it() throws IOException {
      RunFolder folder = run();
      folder.append(line(0));
      Files.writeString(
          folder.root().resolve("measurements.jsonl"), "x".repeat(5000), StandardOpenOption.APPEND);
      folder.append(line(1));
      assertThat(folder.readMeasurements().lines()).containsExactly(line(0), line(1));
      assertThat(folder.readMeasurements().cutLine()).isFalse();
    }
  }

  @Test
  void damage_in_the_middle_is_an_error_with_its_line() throws IOException {
    RunFolder folder = run();
    folder.append(line(0));
    Files.writeString(
        folder.root().resolve("measurements.jsonl"), "nonsense\n", StandardOpenOption.APPEND);
    assertThatThrownBy(folder::readMeasurements)
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("measurements.jsonl line 2");
  }

  @Test
  void a_newer_schema_is_refused() throws IOException {
    RunFolder folder = run();
    Files.writeString(folder.root().resolve("plan.json"), "{\"schema\":99}");
    assertThatThrownBy(folder::readPlan)
        .hasMessageContaining("newer version")
        .hasMessageContaining("'99'")
        .hasMessageContaining("allowed: up to " + Plan.SCHEMA);
  }

  @Test
  void a_folder_without_a_plan_is_no_run() {
    assertThatThrownBy(() -> RunFolder.open(temp))
        .hasMessageContaining("not a run folder")
        .hasMessageContaining(temp.toString());
  }

  @Test
  void a_folder_that_holds_a_run_is_not_written_over() {
    RunFolder folder = run();
    assertThatThrownBy(() -> RunFolder.create(folder.root()))
        .hasMessageContaining("already holds a run")
        .hasMessageContaining("--resume");
  }

  @Test
  void a_folder_that_cannot_be_made_is_told_with_what_to_do() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> RunFolder.create(file.resolve("run")))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("--out");
  }
}
