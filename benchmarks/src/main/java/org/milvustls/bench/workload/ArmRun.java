package org.milvustls.bench.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.milvustls.bench.result.Histograms;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.workload.Workload.Sides;
import org.milvustls.bench.workload.Workload.Use;

/** One arm during one fork: performs its bursts and keeps their times. */
final class ArmRun implements AutoCloseable {
  private final Arm arm;
  private final Workload workload;
  private final Workload.Observation observation;
  private final Cost cost;
  private final long[] burst;
  private final long[][] partsOfBurst;
  private final List<Long> medians = new ArrayList<>();
  private final List<Long> means = new ArrayList<>();
  private final List<Long> firstCalls = new ArrayList<>();
  private final List<List<Long>> parts = new ArrayList<>();
  private final Histogram histogram = new Histogram(Histograms.DIGITS);
  private long calls;
  private Use client = Use.NOTHING;
  private Use serverInMemory = Use.NOTHING;
  private boolean told;
  private boolean inMemory;
  private long serverCpuNanos;
  private long wallNanos;
  private boolean serverReadable = true;

  /** Observes the workload once; fails when the session differs from the cell. */
  ArmRun(Arm arm, Workload workload, Optional<Long> serverPid) {
    this.arm = arm;
    this.workload = workload;
    this.observation = workload.observe();
    this.cost = new Cost(serverPid);
    this.burst = new long[arm.cell().operation().burst()];
    this.partsOfBurst = new long[workload.parts().size()][burst.length];
    workload.parts().forEach(part -> parts.add(new ArrayList<>()));
  }

  Arm arm() {
    return arm;
  }

  /** Number of operations sent to the server, leading and unrecorded ones included. */
  long calls() {
    return calls;
  }

  /** Median of the last burst in ns. */
  long lastMedian() {
    return medians.get(medians.size() - 1);
  }

  /** The same load on the server, unrecorded. */
  void filler() {
    for (int i = 0; i < arm.cell().operation().leading() + burst.length; i++) {
      perform();
    }
  }

  /**
   * One burst. CPU readings and recording happen between operations, never inside one.
   *
   * @param warm whether warm-up is over; only then CPU, allocations and the histogram count
   */
  void burst(boolean warm) {
    long first = perform();
    for (int i = 1; i < arm.cell().operation().leading(); i++) {
      perform();
    }
    Optional<Long> serverBefore = cost.serverCpuNanos();
    Cost.Reading before = Cost.threads();
    long wallBefore = System.nanoTime();
    for (int i = 0; i < burst.length; i++) {
      burst[i] = perform();
      for (int p = 0; p < partsOfBurst.length; p++) {
        partsOfBurst[p][i] = workload.lastPart(p);
      }
      if (warm) {
        workload.lastSides().ifPresent(this::add);
      }
    }
    long wall = System.nanoTime() - wallBefore;
    Cost.Reading after = Cost.threads();
    Optional<Long> serverAfter = cost.serverCpuNanos();
    if (warm) {
      if (!told) {
        client = client.plus(after.since(before));
      }
      wallNanos += wall;
      serverReadable &= serverBefore.isPresent() && serverAfter.isPresent();
      serverCpuNanos += serverAfter.orElse(0L) - serverBefore.orElse(0L);
    }
    keep(first, warm);
  }

  private void add(Sides sides) {
    told = true;
    client = client.plus(sides.client());
    sides
        .server()
        .ifPresent(
            use -> {
              inMemory = true;
              serverInMemory = serverInMemory.plus(use);
            });
  }

  private void keep(long first, boolean warm) {
    firstCalls.add(first);
    means.add(Math.round(Arrays.stream(burst).average().orElseThrow()));
    if (warm) {
      for (long nanos : burst) {
        histogram.recordValue(nanos);
      }
    }
    medians.add(median(burst));
    for (int p = 0; p < partsOfBurst.length; p++) {
      parts.get(p).add(median(partsOfBurst[p]));
    }
  }

  private long perform() {
    calls++;
    return workload.perform();
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /**
   * The measurement of this arm.
   *
   * @param idleCpuShare share of a core that the server uses without calls; subtracted from its CPU
   */
  ArmMeasurement measurement(Optional<Double> idleCpuShare) {
    long operations = histogram.getTotalCount();
    Map<String, List<Long>> named = new LinkedHashMap<>();
    for (int p = 0; p < parts.size(); p++) {
      named.put(workload.parts().get(p), List.copyOf(parts.get(p)));
    }
    return new ArmMeasurement(
        arm.name(),
        arm.cell().name(),
        arm.kind(),
        List.copyOf(medians),
        List.copyOf(means),
        List.copyOf(firstCalls),
        Histograms.encoded(histogram),
        operations,
        named,
        (double) client.cpuNanos() / operations,
        serverCpu(idleCpuShare, operations),
        (double) client.allocatedBytes() / operations,
        inMemory
            ? Optional.of((double) serverInMemory.allocatedBytes() / operations)
            : Optional.empty(),
        arm.kind() == Arm.Kind.MEASURED ? workload.nativeBytesHeld() : Optional.empty(),
        observation.negotiated(),
        observation.wire());
  }

  private Optional<Double> serverCpu(Optional<Double> idleCpuShare, long operations) {
    if (inMemory) {
      return Optional.of((double) serverInMemory.cpuNanos() / operations);
    }
    return serverReadable && idleCpuShare.isPresent()
        ? Optional.of((serverCpuNanos - idleCpuShare.get() * wallNanos) / operations)
        : Optional.empty();
  }

  @Override
  public void close() {
    workload.close();
  }
}
