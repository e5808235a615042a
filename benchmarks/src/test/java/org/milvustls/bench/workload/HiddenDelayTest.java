package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Summarizer;
import org.milvustls.bench.result.Summary.Pair;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.CipherSuite;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Comparison;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.stats.Interval;
import org.milvustls.tls.TlsMode;

/**
 * From bursts of real handshakes to the summary: this test, not the harness, makes one of two arms
 * slower that cost the same otherwise.
 */
class HiddenDelayTest {
  private static final Duration DELAY = Duration.ofMillis(3);
  private static final Cell PROMPT = jdk(CipherSuite.AES_128_GCM);
  private static final Cell LATE = jdk(CipherSuite.AES_256_GCM);
  private static final int FORKS = 4;

  @TempDir Path folder;

  private static Cell jdk(CipherSuite cipherSuite) {
    return Cell.secured(
        Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(ClientProvider.JDK).with(cipherSuite));
  }

  @Test
  void a_delay_that_the_harness_is_not_told_of_is_reported_with_its_size() {
    Panel panel =
        Panel.of(
            List.of(new Comparison("hidden", "which?", PROMPT, List.of(LATE), true, 0.02)),
            100_000,
            FORKS,
            4,
            6);
    List<PlannedFork> forks = new ArrayList<>();
    List<Measurement> lines = new ArrayList<>();
    for (int fork = 0; fork < FORKS; fork++) {
      forks.add(new PlannedFork(fork, panel.suite(), panel.name(), 0, fork, Optional.empty()));
      lines.add(measure(panel, forks.get(fork)));
    }

    Pair pair =
        Summarizer.summarize("hidden", plan(panel, forks), lines)
            .comparisons()
            .get(0)
            .pairs()
            .get(0);

    Interval found = pair.differenceNanos().interval().orElseThrow();
    // Twice the half-width, so that the one interval in twenty that misses does not fail the build.
    double allowed = 2 * found.halfWidth() + DELAY.toNanos() / 10.0;
    assertThat(pair.ratio().ratio()).as("%s", pair).isGreaterThan(1.3);
    assertThat(pair.differenceNanos().mean())
        .as("%s", pair)
        .isCloseTo((double) DELAY.toNanos(), within(allowed));
  }

  private static Plan plan(Panel panel, List<PlannedFork> forks) {
    return new Plan(
        Plan.SCHEMA,
        "quick",
        0,
        List.of(panel),
        Optional.empty(),
        forks,
        List.of(),
        0.95,
        Duration.ZERO,
        Duration.ofMinutes(1));
  }

  private Measurement measure(Panel panel, PlannedFork fork) {
    Path file = folder.resolve("fork-" + fork.index() + ".jsonl");
    ForkSpec spec = new ForkSpec(panel, fork.seed(), Target.none(), file);
    try (ForkSession session = ForkSession.open(spec, HiddenDelayTest::open)) {
      session.warmUp();
      for (int cycle = 0; cycle < panel.cycles(); cycle++) {
        session.cycle();
      }
    }
    ForkResult result = SideFile.read(file).result().orElseThrow();
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        1,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        Instant.EPOCH,
        Duration.ofSeconds(1),
        Optional.empty(),
        panel.warmupCycles(),
        result.arms(),
        List.of(),
        result.jvm(),
        result.collections(),
        Optional.empty());
  }

  private static Workload open(Cell cell, String serverRole, Target target) {
    Workload workload = Workloads.open(cell, serverRole, target);
    return cell.equals(LATE) ? new Paused(workload, DELAY.toNanos(), true) : workload;
  }
}
