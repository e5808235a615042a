package org.milvustls.bench.load;

import java.nio.file.Path;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.workload.Target;

/**
 * The input of a fork of suite {@code load}, as a file.
 *
 * @param panel arms and grid; without a grid the fork finds one
 * @param seed of orders and arrivals
 * @param target servers and files
 * @param sideFile output file of the fork
 */
public record LoadSpec(LoadPanel panel, long seed, Target target, Path sideFile) {}
