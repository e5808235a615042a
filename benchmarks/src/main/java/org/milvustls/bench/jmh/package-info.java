/** Binds workloads to JMH and nothing else. May use {@code workload} and {@code scenario}. */
@NullMarked
package org.milvustls.bench.jmh;

import org.jspecify.annotations.NullMarked;
