/**
 * What can be measured: axes, cells, comparisons, profiles and the plan made of them. Pure values.
 * Uses {@code tls} for its terms.
 */
@NullMarked
package org.milvustls.bench.scenario;

import org.jspecify.annotations.NullMarked;
