package org.milvustls.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.milvustls.bench.result.LoadMeasurement.ArmLoad;
import org.milvustls.bench.result.LoadMeasurement.Step;
import org.milvustls.bench.result.LoadSummary.ArmResult;
import org.milvustls.bench.result.LoadSummary.RatePoint;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.stats.Estimate;
import org.milvustls.bench.stats.Interval;

/** Evaluates the forks of suite {@code load} together. */
final class Loads {
  private static final double CONFIDENCE = 0.95;
  private static final double BOUND_PERCENT = 99;

  private final LoadPanel panel;
  private final List<Measurement> forks;

  private Loads(LoadPanel panel, List<Measurement> forks) {
    this.panel = panel;
    this.forks = forks;
  }

  /** The counted steps of an arm, with rising rates. */
  static List<Step> steps(Measurement fork, Arm arm) {
    return arms(fork)
        .filter(load -> load.arm().equals(arm.name()))
        .flatMap(load -> load.steps().stream())
        .filter(step -> !step.warmup())
        .toList();
  }

  private static Stream<ArmLoad> arms(Measurement fork) {
    return fork.load().stream().flatMap(load -> load.arms().stream());
  }

  /** Absent when no fork can be used. */
  static Optional<Loads> of(LoadPanel panel, List<Measurement> forks) {
    return forks.isEmpty() ? Optional.empty() : Optional.of(new Loads(panel, forks));
  }

  /** The baseline against itself; absent when a fork has only a bound for either. */
  Optional<Judge.MoreControl> control() {
    return panel.arms().stream()
        .filter(arm -> arm.kind() == Arm.Kind.CONTROL)
        .findFirst()
        .flatMap(
            arm ->
                logRatio(arm)
                    .map(
                        estimate ->
                            new Judge.MoreControl(
                                arm.name(), panel.baseline().name(), LoadPanel.NAME, estimate)));
  }

  LoadSummary summary() {
    Histogram lag =
        Histograms.sum(
            forks.stream().map(fork -> fork.load().orElseThrow().overhead().lag()).toList());
    return new LoadSummary(
        panel.latencyBound().toNanos(),
        panel.processes(),
        forks.size(),
        lag.getValueAtPercentile(50),
        lag.getValueAtPercentile(BOUND_PERCENT),
        panel.arms().stream().map(this::result).toList());
  }

  private ArmResult result(Arm arm) {
    List<Throughput> reached = forks.stream().map(fork -> reached(fork, arm)).toList();
    ArmLoad first =
        arms(forks.get(0)).filter(load -> load.arm().equals(arm.name())).findFirst().orElseThrow();
    Throughput.Relation relation = relation(reached);
    Value throughput = Value.of(over(reached.stream().mapToDouble(Throughput::rate).toArray()));
    return new ArmResult(
        arm.name(),
        arm.kind(),
        relation,
        relation == Throughput.Relation.EXACT
            ? throughput
            : new Value(throughput.mean(), Optional.empty()),
        arm.equals(panel.baseline())
            ? Optional.empty()
            : logRatio(arm)
                .map(
                    logs ->
                        new Ratio(
                            logs.ratio(), logs.judgedInterval(CONFIDENCE).map(Interval::exp))),
        points(arm),
        first.negotiated());
  }

  private Throughput reached(Measurement fork, Arm arm) {
    long bound = panel.latencyBound().toNanos();
    return Throughput.at(
        (double) bound,
        steps(fork, arm).stream()
            .map(step -> new Throughput.Point(step.rate(), p99(step), Saturation.of(step, bound)))
            .toList());
  }

  private static double p99(Step step) {
    return Math.max(
        1.0, (double) Histograms.decoded(step.latency()).getValueAtPercentile(BOUND_PERCENT));
  }

  /** A bound in one fork makes the mean a bound. */
  private static Throughput.Relation relation(List<Throughput> reached) {
    List<Throughput.Relation> bounds =
        reached.stream()
            .map(Throughput::relation)
            .filter(relation -> relation != Throughput.Relation.EXACT)
            .distinct()
            .toList();
    return switch (bounds.size()) {
      case 0 -> Throughput.Relation.EXACT;
      case 1 -> bounds.get(0);
      default -> Throughput.Relation.UNKNOWN;
    };
  }

  /**
   * Log-ratio of throughputs, arm over baseline, fork by fork; absent when a fork has only a bound.
   */
  private Optional<Estimate> logRatio(Arm arm) {
    List<Throughput> reached = forks.stream().map(fork -> reached(fork, arm)).toList();
    List<Throughput> baseline =
        forks.stream().map(fork -> reached(fork, panel.baseline())).toList();
    if (relation(reached) != Throughput.Relation.EXACT
        || relation(baseline) != Throughput.Relation.EXACT) {
      return Optional.empty();
    }
    double[] logs = new double[forks.size()];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(reached.get(i).rate() / baseline.get(i).rate());
    }
    return Optional.of(over(logs));
  }

  /** The arms that were measured, without controls. */
  List<Arm> measured() {
    return panel.arms().stream().filter(arm -> arm.kind() == Arm.Kind.MEASURED).toList();
  }

  private Estimate over(double[] values) {
    return Estimate.of(values, forks.stream().mapToInt(Measurement::rotation).toArray());
  }

  /**
   * CPU of one call at the highest rate that no fork saturated; ns. Absent when there is no such
   * rate, and for the server where its CPU cannot be read.
   */
  Optional<Estimate> cpuOfCall(Arm arm, Summary.Metric metric) {
    long bound = panel.latencyBound().toNanos();
    return panel.rates().stream()
        .map(rate -> forks.stream().flatMap(f -> step(f, arm, rate).stream()).toList())
        .filter(steps -> steps.size() == forks.size())
        .filter(
            steps -> steps.stream().allMatch(step -> Saturation.of(step, bound) == Saturation.NONE))
        .filter(steps -> steps.stream().allMatch(step -> cores(step, metric).isPresent()))
        .reduce((lower, higher) -> higher)
        .map(
            steps ->
                over(
                    steps.stream()
                        .mapToDouble(s -> cores(s, metric).orElseThrow() * 1e9 / s.rate())
                        .toArray()));
  }

  private static Optional<Step> step(Measurement fork, Arm arm, double rate) {
    return steps(fork, arm).stream().filter(step -> step.rate() == rate).findFirst();
  }

  private static Optional<Double> cores(Step step, Summary.Metric metric) {
    return switch (metric) {
      case CLIENT_CPU -> Optional.of(step.clientCores());
      case SERVER_CPU -> step.serverCores();
      case TIME -> Optional.empty();
    };
  }

  private List<RatePoint> points(Arm arm) {
    Map<Double, List<Measurement>> byRate = new LinkedHashMap<>();
    panel.rates().forEach(rate -> byRate.put(rate, new ArrayList<>()));
    for (Measurement fork : forks) {
      steps(fork, arm)
          .forEach(s -> byRate.computeIfAbsent(s.rate(), r -> new ArrayList<>()).add(fork));
    }
    return byRate.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> point(arm, entry.getKey(), entry.getValue()))
        .toList();
  }

  private RatePoint point(Arm arm, double rate, List<Measurement> held) {
    List<Step> steps =
        held.stream()
            .map(
                fork ->
                    steps(fork, arm).stream()
                        .filter(step -> step.rate() == rate)
                        .findFirst()
                        .orElseThrow())
            .toList();
    Histogram all = Histograms.sum(steps.stream().map(Step::latency).toList());
    Histogram lag = Histograms.sum(steps.stream().map(Step::lag).toList());
    double[] p99 = steps.stream().mapToDouble(step -> Math.log(p99(step))).toArray();
    Map<Saturation, Integer> limits = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      limits.merge(Saturation.of(steps.get(i), panel.latencyBound().toNanos()), 1, Integer::sum);
    }
    List<Double> server = steps.stream().flatMap(step -> step.serverCores().stream()).toList();
    return new RatePoint(
        rate,
        steps.size(),
        steps.stream().mapToDouble(Step::answeredRate).average().orElseThrow(),
        all.getTotalCount(),
        all.getValueAtPercentile(50),
        all.getValueAtPercentile(90),
        Value.ofLogs(Estimate.of(p99, held.stream().mapToInt(Measurement::rotation).toArray())),
        all.getMaxValue(),
        lag.getValueAtPercentile(BOUND_PERCENT),
        steps.stream().mapToDouble(Step::clientCores).average().orElseThrow(),
        server.size() == steps.size()
            ? Optional.of(server.stream().mapToDouble(c -> c).average().orElseThrow())
            : Optional.empty(),
        limits,
        steps.stream().flatMap(step -> step.stopped().stream()).findFirst());
  }
}
