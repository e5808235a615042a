/**
 * The model of a benchmark: axes, cells, comparisons, profiles and the plan. Pure values. Uses
 * {@code pki} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.scenario;

import org.jspecify.annotations.NullMarked;
