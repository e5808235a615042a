package org.milvustls.bench.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.result.Summary.CellResult;
import org.milvustls.bench.result.Summary.Percentile;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;
import org.milvustls.bench.stats.Estimate;

/** Computes the results of one arm on its own, over the forks that measured it. */
final class CellResults {
  private static final String PEER = "server";
  private static final List<Double> PERCENTS =
      List.of(1.0, 5.0, 10.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 70.0, 75.0, 80.0, 90.0, 95.0);

  private final List<Measurement> forks;
  private final Arm arm;

  private CellResults(List<Measurement> forks, Arm arm) {
    this.forks = forks;
    this.arm = arm;
  }

  static CellResult of(Panel panel, Arm arm, List<Measurement> forks) {
    return new CellResults(forks, arm).result(panel);
  }

  private CellResult result(Panel panel) {
    Histogram all = histogram();
    ArmMeasurement first = of(forks.get(0));
    return new CellResult(
        arm.name(),
        panel.suite(),
        panel.name(),
        arm.kind(),
        mean(fork -> Optional.of(median(used(fork, of(fork).cycleMedians())))).orElseThrow(),
        mean(fork -> Optional.of(average(used(fork, of(fork).cycleMeans())))).orElseThrow(),
        mean(fork -> Optional.of(median(used(fork, of(fork).firstCalls())))).orElseThrow(),
        all.getValueAtPercentile(10),
        all.getValueAtPercentile(90),
        percentiles(all),
        cycles(),
        forks.get(0).warmupCycles(),
        mean(
            fork ->
                Optional.ofNullable(of(fork).parts().get(PEER))
                    .map(part -> median(used(fork, part)))),
        parts(),
        mean(fork -> Optional.of(of(fork).cpuNanos())).orElseThrow(),
        mean(fork -> of(fork).serverCpuNanos()),
        mean(fork -> Optional.of(of(fork).allocatedBytes())).orElseThrow(),
        mean(fork -> of(fork).serverAllocatedBytes()),
        mean(fork -> of(fork).nativeBytes()),
        first.wire(),
        first.negotiated(),
        all.getTotalCount(),
        forks.size());
  }

  private Map<String, Value> parts() {
    Map<String, Value> parts = new LinkedHashMap<>();
    for (String name : of(forks.get(0)).parts().keySet()) {
      mean(fork ->
              Optional.ofNullable(of(fork).parts().get(name)).map(part -> median(used(fork, part))))
          .ifPresent(value -> parts.put(name, value));
    }
    return parts;
  }

  private ArmMeasurement of(Measurement fork) {
    return fork.arms().stream()
        .filter(measured -> measured.arm().equals(arm.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("fork " + fork.fork() + " has no arm " + arm));
  }

  /** Over forks; absent when any fork has no such value. */
  private Optional<Value> mean(Function<Measurement, Optional<Double>> value) {
    List<Double> values = forks.stream().flatMap(fork -> value.apply(fork).stream()).toList();
    if (values.size() < forks.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Value.of(Estimate.of(values.stream().mapToDouble(Double::doubleValue).toArray())));
  }

  private static List<Percentile> percentiles(Histogram all) {
    return PERCENTS.stream()
        .map(percent -> new Percentile(percent, all.getValueAtPercentile(percent)))
        .toList();
  }

  /** Mean over forks of each cycle's median; as many as the shortest fork has. */
  private List<Double> cycles() {
    int shortest = forks.stream().mapToInt(f -> of(f).cycleMedians().size()).min().orElse(0);
    return IntStream.range(0, shortest)
        .mapToObj(
            cycle ->
                forks.stream()
                    .mapToLong(fork -> of(fork).cycleMedians().get(cycle))
                    .average()
                    .orElseThrow())
        .toList();
  }

  private Histogram histogram() {
    return Histograms.sum(forks.stream().map(fork -> of(fork).histogram()).toList());
  }

  private static List<Long> used(Measurement fork, List<Long> cycles) {
    return Forks.used(fork, cycles);
  }

  static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }

  private static double average(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElseThrow();
  }
}
