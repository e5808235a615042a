package org.milvustls.bench.load;

import java.nio.file.Path;
import org.milvustls.bench.scenario.LoadPanel;
import org.milvustls.bench.workload.Target;

/**
 * All that a fork of suite {@code load} is told, as a file.
 *
 * @param panel arms and grid; without a grid the fork finds one
 * @param seed of orders and arrivals
 * @param target servers and files
 * @param sideFile where the fork writes what it measured
 */
public record LoadSpec(LoadPanel panel, long seed, Target target, Path sideFile) {}
