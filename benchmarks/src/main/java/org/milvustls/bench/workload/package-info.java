/**
 * Operations that a cell stands for, each of which checks its answer; knows no JMH. May use {@code
 * scenario} and the library.
 */
@NullMarked
package org.milvustls.bench.workload;

import org.jspecify.annotations.NullMarked;
