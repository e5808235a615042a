/**
 * What can be measured: axes, cells, comparisons, profiles and the plan made of them. Pure values.
 * Uses {@code pki} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.scenario;

import org.jspecify.annotations.NullMarked;
