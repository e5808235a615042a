package org.milvustls.bench.load;

/**
 * One step for one client process.
 *
 * @param arm its place in the panel
 * @param rate calls per second of this process
 * @param seed of the arrivals
 * @param settleNanos how long calls are sent before they count
 * @param windowNanos how long calls count
 * @param mostInFlight calls under way at once, after which sending ends
 * @param drainNanos how long the last answers are waited for
 */
record Order(
    int arm,
    double rate,
    long seed,
    long settleNanos,
    long windowNanos,
    int mostInFlight,
    long drainNanos) {}
