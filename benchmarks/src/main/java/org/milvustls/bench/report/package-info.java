/** Draws a run folder, and reads nothing else. May use {@code stats} and {@code scenario}. */
@NullMarked
package org.milvustls.bench.report;

import org.jspecify.annotations.NullMarked;
