package org.milvustls.bench.result;

import java.util.LinkedHashMap;
import java.util.Map;
import org.milvustls.bench.result.Summary.ForkFacts;
import org.milvustls.bench.scenario.Arm;
import org.milvustls.bench.scenario.Panel;

/** Makes the summary's record of a fork, which shows drift over the run. */
final class ForkRecords {
  private ForkRecords() {}

  static ForkFacts of(Panel panel, Measurement fork) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (Arm arm : panel.arms()) {
      medians.put(
          arm.name(), CellResults.median(Forks.used(fork, Forks.find(fork, arm).cycleMedians())));
    }
    return new ForkFacts(
        fork.fork(),
        fork.attempt(),
        fork.suite(),
        fork.panel(),
        fork.rotation(),
        fork.started(),
        fork.took(),
        fork.loadAverage(),
        fork.collections(),
        medians);
  }
}
