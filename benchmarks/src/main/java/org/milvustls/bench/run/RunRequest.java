package org.milvustls.bench.run;

import java.nio.file.Path;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.server.ServerKind;

/**
 * What was asked for on the command line.
 *
 * @param plan what to measure
 * @param server where Milvus shall run
 * @param image of a container
 * @param given servers to measure in place of ones of our own
 * @param folder where the run is written, or with {@code resume} where it is
 * @param resume whether to go on with a run instead of starting one
 */
public record RunRequest(
    Planner.Request plan,
    ServerKind server,
    String image,
    GivenMilvus given,
    Path folder,
    boolean resume) {}
