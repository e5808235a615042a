package org.milvustls.bench.workload;

import java.nio.file.Path;
import org.milvustls.bench.scenario.Panel;

/**
 * All that a fork's JVM is told, as a file that {@link #PROPERTY} names.
 *
 * @param panel arms, cycles
 * @param seed of the order of arms in each cycle
 * @param target servers and files
 * @param sideFile where the fork writes what it measured
 */
public record ForkSpec(Panel panel, long seed, Target target, Path sideFile) {
  /** System property with the path of the file. */
  public static final String PROPERTY = "milvustls.fork";
}
