/**
 * The operations of cells. Each checks its answer and does not depend on JMH. Uses {@code client},
 * {@code pki}, {@code result}, {@code scenario} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.workload;

import org.jspecify.annotations.NullMarked;
