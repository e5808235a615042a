package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Suite;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.tls.TlsMode;

/**
 * What recording adds to the cheapest operation, a BoringSSL handshake: bursts with and without it
 * alternate, as arms do. Its name keeps it out of the ordinary tests; run it with {@code
 * -Dtest=HarnessOverhead}. It writes {@code target/harness-overhead.txt}.
 */
class HarnessOverhead {
  private static final int BLOCKS = 10;
  private static final int WARM_UP = 100;
  private static final int PAIRS = 100;

  @Test
  void is_written_down() throws IOException {
    Cell cell =
        Cell.secured(Operation.HANDSHAKE, TlsMode.SERVER, Cell.Tls.base(ClientProvider.BORINGSSL));
    Path file;
    Workload workload = Workloads.open(cell, TlsMode.SERVER.id(), Target.none());
    try (ArmRun arm = new ArmRun(Arm.measured(cell), workload, Optional.empty())) {
      for (int i = 0; i < WARM_UP; i++) {
        arm.burst(true);
        bare(workload);
      }
      List<Double> operation = new ArrayList<>();
      List<Double> wall = new ArrayList<>();
      Random random = new Random(1);
      for (int block = 0; block < BLOCKS; block++) {
        pairs(workload, arm, random, operation, wall);
      }
      file =
          Files.writeString(
              Path.of("target", "harness-overhead.txt"),
              "recorded against bare, BoringSSL handshake, "
                  + BLOCKS
                  + " blocks of "
                  + PAIRS
                  + " pairs of bursts\n"
                  + line("the measured time of an operation", operation)
                  + line("the whole burst, with all that lies between operations", wall));
    }
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  private static void pairs(
      Workload workload, ArmRun arm, Random random, List<Double> operation, List<Double> wall) {
    double logOperation = 0;
    double logWall = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      boolean recordedFirst = random.nextBoolean();
      long[] bare = recordedFirst ? new long[0] : bare(workload);
      long start = System.nanoTime();
      arm.burst(true);
      long recordedWall = System.nanoTime() - start;
      bare = recordedFirst ? bare(workload) : bare;
      logOperation += Math.log((double) arm.lastMedian() / bare[0]);
      logWall += Math.log((double) recordedWall / bare[1]);
    }
    operation.add(logOperation / PAIRS);
    wall.add(logWall / PAIRS);
  }

  /** The same operations with nothing kept but a local number: their median, and the wall time. */
  private static long[] bare(Workload workload) {
    long[] times = new long[Suite.HANDSHAKE.burst()];
    long start = System.nanoTime();
    for (int i = 0; i < Suite.LEADING; i++) {
      workload.perform();
    }
    for (int i = 0; i < times.length; i++) {
      times[i] = workload.perform();
    }
    long wall = System.nanoTime() - start;
    Arrays.sort(times);
    int middle = times.length / 2;
    return new long[] {(times[middle - 1] + times[middle]) / 2, wall};
  }

  private static String line(String what, List<Double> logs) {
    Estimate estimate = Estimate.of(logs.stream().mapToDouble(Double::doubleValue).toArray());
    return String.format(
        Locale.ROOT,
        "%s: %+.2f %% (95 %% interval %s)%n",
        what,
        100 * Math.expm1(estimate.mean()),
        estimate
            .judgedInterval(0.95)
            .map(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%+.2f to %+.2f %%",
                        100 * Math.expm1(i.low()),
                        100 * Math.expm1(i.high())))
            .orElse("none"));
  }
}
