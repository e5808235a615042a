package org.milvustls.bench.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Measurement.Phases;
import org.milvustls.bench.result.Measurement.Work;
import org.milvustls.bench.scenario.Plan.PlannedFork;
import org.milvustls.bench.workload.ForkResult;
import org.milvustls.bench.workload.SideFile;

/** Makes the line of one try from the output of the fork. */
final class Measurements {
  private Measurements() {}

  static Measurement of(
      PlannedFork fork,
      int attempt,
      int warmupCycles,
      Instant started,
      Duration took,
      Duration starting,
      SideFile.Outcome outcome,
      @Nullable Servers servers) {
    Optional<ForkResult> result = outcome.result();
    return new Measurement(
        Measurement.SCHEMA,
        fork.index(),
        attempt,
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        started,
        took,
        result.isPresent()
            ? Optional.empty()
            : Optional.of(outcome.failure().orElse("no reason known")),
        warmupCycles,
        result.map(ForkResult::arms).orElse(List.of()),
        result.isPresent() && servers != null ? servers.use(result.get()) : List.of(),
        result.map(ForkResult::jvm).orElse(""),
        result.map(ForkResult::collections).orElse(new Measurement.Collections(0, 0)),
        loadAverage(),
        result.flatMap(ForkResult::load),
        result.map(ForkResult::work).map(work -> phases(took, starting, work)));
  }

  private static Phases phases(Duration took, Duration starting, Work work) {
    return new Phases(starting, took.minus(starting).minus(work.total()), work);
  }

  private static Optional<Double> loadAverage() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? Optional.empty() : Optional.of(load);
  }
}
