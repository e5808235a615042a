/**
 * Executes a plan: servers, preflight, forks, the run folder. Uses {@code jmh}, {@code load},
 * {@code pki}, {@code result}, {@code scenario}, {@code server}, {@code tls} and {@code workload}
 * of the project.
 */
@NullMarked
package org.milvustls.bench.run;

import org.jspecify.annotations.NullMarked;
