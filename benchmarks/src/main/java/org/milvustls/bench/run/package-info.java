/**
 * Carries out a plan: servers, preflight, forks, the store. May use {@code jmh}, {@code scenario}
 * and {@code stats}.
 */
@NullMarked
package org.milvustls.bench.run;

import org.jspecify.annotations.NullMarked;
