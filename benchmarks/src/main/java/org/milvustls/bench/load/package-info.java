/**
 * Open-loop load: calls at a fixed rate, whether earlier ones were answered or not. {@link
 * org.milvustls.bench.load.LoadFork} is one fork of suite {@code load}. Uses {@code result}, {@code
 * scenario} and {@code workload} of the project.
 */
@NullMarked
package org.milvustls.bench.load;

import org.jspecify.annotations.NullMarked;
