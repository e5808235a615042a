package org.milvustls.bench.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.milvustls.bench.result.Measurement.ArmMeasurement;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Plan;
import org.milvustls.bench.stats.Cycles;
import org.milvustls.bench.stats.Estimate;

/**
 * The good forks of one panel. Pairs arms inside each fork and estimates over forks. Forks with the
 * same rotation of servers have the same role.
 */
final class Forks {
  private final List<Measurement> good;

  private Forks(List<Measurement> good) {
    this.good = good;
  }

  /** The usable tries of a suite, one for each fork, in the plan's order. */
  static Forks of(Stream<Measurement> ofSuite) {
    Map<Integer, Measurement> byFork = new TreeMap<>();
    ofSuite.filter(Measurement::succeeded).forEach(line -> byFork.putIfAbsent(line.fork(), line));
    return new Forks(List.copyOf(byFork.values()));
  }

  /** All lines; an unusable one becomes a failed one with the reason. */
  static List<Measurement> checked(Plan plan, List<Measurement> lines) {
    return lines.stream().map(line -> UsableFork.check(plan, line)).toList();
  }

  boolean isEmpty() {
    return good.isEmpty();
  }

  int count() {
    return good.size();
  }

  List<Measurement> lines() {
    return good;
  }

  /** Logarithm of arm / baseline, of the cycles' medians. */
  Estimate logRatio(Arm arm, Arm baseline) {
    return over(fork -> medians(fork, arm, baseline).logRatio());
  }

  /** Logarithm of arm / baseline, of the cycles' means. */
  Estimate logRatioOfMeans(Arm arm, Arm baseline) {
    return over(fork -> means(fork, arm, baseline).logRatio());
  }

  /** Arm minus baseline, of the cycles' medians; ns. */
  Estimate difference(Arm arm, Arm baseline) {
    return over(fork -> medians(fork, arm, baseline).difference());
  }

  /** An estimate over forks of one number per fork. */
  Estimate over(ToDoubleFunction<Measurement> value) {
    return Estimate.of(
        good.stream().mapToDouble(value).toArray(),
        good.stream().mapToInt(Measurement::rotation).toArray());
  }

  static Cycles medians(Measurement fork, Arm arm, Arm baseline) {
    return Cycles.of(
        used(fork, find(fork, arm).cycleMedians()),
        used(fork, find(fork, baseline).cycleMedians()));
  }

  private static Cycles means(Measurement fork, Arm arm, Arm baseline) {
    return Cycles.of(
        used(fork, find(fork, arm).cycleMeans()), used(fork, find(fork, baseline).cycleMeans()));
  }

  /** The cycles after the warm-up. */
  static <T> List<T> used(Measurement fork, List<T> cycles) {
    return cycles.subList(fork.warmupCycles(), cycles.size());
  }

  static ArmMeasurement find(Measurement fork, Arm arm) {
    Optional<ArmMeasurement> found =
        fork.arms().stream().filter(measured -> measured.arm().equals(arm.name())).findFirst();
    return found.orElseThrow(
        () -> new IllegalArgumentException("fork " + fork.fork() + " has no arm " + arm));
  }
}
