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
 * The good forks of one panel: pairs arms inside each of them, and estimates over them. Forks that
 * met the servers in one rotation have one role.
 */
final class Forks {
  private final List<Measurement> good;

  private Forks(List<Measurement> good) {
    this.good = good;
  }

  /** The tries of a suite that can be used, one for each fork, in the plan's order. */
  static Forks of(Stream<Measurement> ofSuite) {
    Map<Integer, Measurement> byFork = new TreeMap<>();
    ofSuite.filter(Measurement::succeeded).forEach(line -> byFork.putIfAbsent(line.fork(), line));
    return new Forks(List.copyOf(byFork.values()));
  }

  /** Every line, or as a failed one with the reason why it cannot be used. */
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

  /** An estimate of one number for each fork. */
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

  /** The cycles behind the warm-up. */
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
