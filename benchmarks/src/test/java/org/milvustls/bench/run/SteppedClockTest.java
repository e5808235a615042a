package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.bench.report.Reports;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.RunFolder;
import org.milvustls.bench.scenario.CellFilter;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.bench.scenario.Profile;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.server.ServerKind;

/** A real run of the handshake suite whose wall clock is set back while it measures. */
class SteppedClockTest {
  private static final Duration STEP = Duration.ofHours(-2);

  @TempDir Path temp;
  private boolean set;

  @Test
  void a_clock_that_is_set_while_forks_run_costs_no_fork_and_is_told_in_the_report()
      throws Exception {
    RunRequest request =
        new RunRequest(
            new Planner.Request(
                Profile.SMOKE,
                EnumSet.of(Suite.HANDSHAKE),
                List.of(CellFilter.of("*/tls1.3/*")),
                1,
                List.of()),
            ServerKind.AUTO,
            "",
            new GivenMilvus(Map.of(), Optional.empty()),
            temp.resolve("run"),
            false);
    InstantSource settable = () -> set ? Instant.now().plus(STEP) : Instant.now();
    Clock clock = settable.withZone(ZoneOffset.UTC);
    RunFolder folder = new BenchmarkRun(request, new SetBack(), clock, temp).execute();
    Reports.write(folder);

    List<Measurement> forks = folder.readMeasurements().lines();
    assertThat(forks)
        .hasSize(2)
        .allMatch(Measurement::succeeded)
        .allSatisfy(fork -> assertThat(fork.took()).isBetween(Duration.ZERO, Duration.ofHours(1)));
    assertThat(forks.get(1).started()).isBefore(forks.get(0).started());
    assertThat(Files.readString(folder.root().resolve("report.md")))
        .contains("Warning: the wall clock was set by -7200 s during fork 1: ");
  }

  /** Sets the clock before the first fork is done with. */
  private final class SetBack implements Progress {
    @Override
    public void say(String line) {}

    @Override
    public void start(Plan plan, List<PlannedFork> left, List<Measurement> earlier) {}

    @Override
    public void fork(PlannedFork fork, int attempt) {}

    @Override
    public void done(PlannedFork fork, Measurement measurement) {
      set = true;
    }

    @Override
    public void end() {}
  }
}
