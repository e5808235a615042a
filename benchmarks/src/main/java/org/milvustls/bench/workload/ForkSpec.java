package org.milvustls.bench.workload;

import java.nio.file.Path;
import org.milvustls.bench.scenario.Panel;

/**
 * The input of a fork's JVM, in a file that {@link #PROPERTY} names.
 *
 * @param panel arms, cycles
 * @param seed of the order of arms in each cycle
 * @param target servers and files
 * @param sideFile output file of the fork
 */
public record ForkSpec(Panel panel, long seed, Target target, Path sideFile) {
  /** System property with the path of the file. */
  public static final String PROPERTY = "milvustls.fork";
}
