/**
 * Binds workloads to JMH. Uses {@code pki}, {@code scenario}, {@code tls} and {@code workload} of
 * the project.
 */
@NullMarked
package org.milvustls.bench.jmh;

import org.jspecify.annotations.NullMarked;
