package org.milvustls.bench.workload;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.bench.result.LoadMeasurement;
import org.milvustls.bench.result.Measurement;
import org.milvustls.bench.result.Measurement.ArmMeasurement;

/**
 * The measurements of a successful fork: the last line of its side file.
 *
 * @param jvm runtime version of the fork's JVM
 * @param arms one entry for each arm
 * @param calls operations sent to each server role
 * @param idleCpuShares share of a core that each server used without calls
 * @param collections garbage collections while it measured
 * @param work phases of its JVM
 * @param load measurement of a fork of suite {@code load}, in place of arms
 */
public record ForkResult(
    String jvm,
    List<ArmMeasurement> arms,
    Map<String, Long> calls,
    Map<String, Double> idleCpuShares,
    Measurement.Collections collections,
    Measurement.Work work,
    Optional<LoadMeasurement> load) {
  public ForkResult {
    Objects.requireNonNull(load, "load");
  }
}
