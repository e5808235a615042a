/**
 * The open loop: calls sent at a held rate, whether earlier ones were answered or not. {@link
 * org.milvustls.bench.load.LoadFork} is one fork of suite {@code load}. May use {@code workload},
 * {@code result} and {@code scenario}.
 */
@NullMarked
package org.milvustls.bench.load;

import org.jspecify.annotations.NullMarked;
