package org.milvustls.bench.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Passes the median of each arm's burst to JMH as a secondary result of the iteration. */
public final class ArmProfiler implements InternalProfiler {
  private static volatile Map<String, Long> last = Map.of();

  static void publish(Map<String, Long> medians) {
    last = medians;
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    last = Map.of();
  }

  @Override
  @SuppressWarnings("rawtypes") // as JMH declares it
  public Collection<? extends Result> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    List<ScalarResult> results = new ArrayList<>();
    last.forEach(
        (arm, nanos) ->
            results.add(new ScalarResult(arm, nanos / 1e6, "ms", AggregationPolicy.AVG)));
    return results;
  }

  @Override
  public String getDescription() {
    return "median of each arm's burst";
  }
}
