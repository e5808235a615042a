package org.milvustls.bench.run;

import java.nio.file.Path;
import org.milvustls.bench.scenario.Planner;
import org.milvustls.server.ServerKind;

/**
 * The options of a run from the command line.
 *
 * @param plan options of the plan
 * @param server kind of the Milvus servers
 * @param image of a container
 * @param given servers to measure in place of ones of our own
 * @param folder of the run: new, or existing with {@code resume}
 * @param resume whether to continue a run instead of starting one
 */
public record RunRequest(
    Planner.Request plan,
    ServerKind server,
    String image,
    GivenMilvus given,
    Path folder,
    boolean resume) {}
