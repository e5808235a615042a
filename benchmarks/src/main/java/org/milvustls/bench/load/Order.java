package org.milvustls.bench.load;

/**
 * One step for one client process.
 *
 * @param arm its place in the panel
 * @param rate calls per second of this process
 * @param seed of the arrivals
 * @param settleNanos time of sending before calls count
 * @param windowNanos time in which calls count
 * @param mostInFlight limit of calls in flight at once; beyond it sending ends
 * @param drainNanos longest wait for the last answers
 */
record Order(
    int arm,
    double rate,
    long seed,
    long settleNanos,
    long windowNanos,
    int mostInFlight,
    long drainNanos) {}
