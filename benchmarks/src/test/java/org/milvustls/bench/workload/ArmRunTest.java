package org.milvustls.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.result.Measurement.Wire;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.Operation;
import org.milvustls.bench.scenario.Suite;

class ArmRunTest {
  private static final Arm ARM = Arm.measured(Cell.plaintext(Operation.CONNECT));
  private static final int BURST = Suite.CONNECT.burst();

  /** The n-th operation takes n microseconds, of which its part takes n nanoseconds. */
  private static class Counting implements Workload {
    private long performed;
    private boolean closed;

    @Override
    public Observation observe() {
      return new Observation(Optional.empty(), Optional.of(new Wire(1, 2)));
    }

    @Override
    public long perform() {
      performed++;
      return performed * 1000;
    }

    @Override
    public List<String> parts() {
      return List.of("part");
    }

    @Override
    public long lastPart(int index) {
      return performed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void leaves_the_leading_operations_out_of_the_median() {
    Counting workload = new Counting();
    ArmRun run = new ArmRun(ARM, workload, Optional.empty());
    run.burst(true);

    // Operations 4 to 13: their median lies between 8 and 9 microseconds.
    assertThat(run.lastMedian()).isEqualTo(8500);
    assertThat(workload.performed).isEqualTo(Suite.LEADING + BURST);
  }

  @Test
  void keeps_every_cycle_and_counts_only_the_warm_ones_as_operations() throws Exception {
    ArmRun run = new ArmRun(ARM, new Counting(), Optional.empty());
    run.burst(false);
    run.burst(true);
    ArmMeasurement measured = run.measurement(Optional.empty());

    assertThat(measured.arm()).isEqualTo("connect/off");
    assertThat(measured.cycleMedians()).containsExactly(8500L, 21500L);
    assertThat(measured.cycleMeans()).containsExactly(8500L, 21500L);
    assertThat(measured.firstCalls()).containsExactly(1000L, 14000L);
    assertThat(measured.parts()).containsOnlyKeys("part");
    assertThat(measured.parts().get("part")).containsExactly(8L, 21L);
    assertThat(measured.operations()).isEqualTo(BURST);
    assertThat(measured.wire()).contains(new Wire(1, 2));
    Histogram histogram =
        Histogram.decodeFromCompressedByteBuffer(
            ByteBuffer.wrap(Base64.getDecoder().decode(measured.histogram())), 0);
    assertThat(histogram.getTotalCount()).isEqualTo(BURST);
    assertThat(histogram.getMinValue()).isBetween(16_990L, 17_010L);
    assertThat(histogram.getMaxValue()).isBetween(25_980L, 26_030L);
  }

  @Test
  void what_each_side_used_in_memory_is_counted_after_warm_up_only() {
    ArmRun run =
        new ArmRun(
            ARM,
            new Counting() {
              @Override
              public Optional<Sides> lastSides() {
                return Optional.of(
                    new Sides(new Use(lastPart(0), 100), Optional.of(new Use(7, 30))));
              }
            },
            Optional.empty());
    run.burst(false);
    run.burst(true);
    ArmMeasurement measured = run.measurement(Optional.empty());

    // Operations 17 to 26.
    assertThat(measured.cpuNanos()).isEqualTo(21.5);
    assertThat(measured.allocatedBytes()).isEqualTo(100);
    assertThat(measured.serverCpuNanos()).contains(7.0);
    assertThat(measured.serverAllocatedBytes()).contains(30.0);
  }

  @Test
  void a_filler_calls_the_server_and_keeps_nothing() {
    ArmRun run = new ArmRun(ARM, new Counting(), Optional.empty());
    run.burst(true);
    run.filler();

    assertThat(run.calls()).isEqualTo(2L * (Suite.LEADING + BURST));
    assertThat(run.measurement(Optional.empty()).cycleMedians()).hasSize(1);
  }

  @Test
  void the_cpu_of_a_server_that_is_not_ours_is_absent() {
    ArmRun run = new ArmRun(ARM, new Counting(), Optional.empty());
    run.burst(true);

    assertThat(run.measurement(Optional.of(0.1)).serverCpuNanos()).isEmpty();
  }

  @Test
  void the_cpu_of_a_server_that_is_ours_is_there() {
    ArmRun run = new ArmRun(ARM, new Counting(), Optional.of(ProcessHandle.current().pid()));
    run.burst(true);

    assertThat(run.measurement(Optional.of(0.0)).serverCpuNanos()).isPresent();
  }

  @Test
  void a_planted_delay_makes_each_operation_longer_by_at_least_so_much() {
    Workload planted = new Paused(new Counting(), 50_000, true);

    assertThat(planted.perform()).isGreaterThanOrEqualTo(51_000);
    assertThat(planted.lastPart(0)).isEqualTo(1);
  }

  @Test
  void what_it_is_held_against_pauses_as_long_and_does_not_count_it() {
    Workload paused = new Paused(new Counting(), 50_000, false);
    long start = System.nanoTime();

    assertThat(paused.perform()).isEqualTo(new Counting().perform());
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000);
  }

  @Test
  void closes_its_workload() {
    Counting workload = new Counting();
    new ArmRun(ARM, workload, Optional.empty()).close();

    assertThat(workload.closed).isTrue();
  }
}
