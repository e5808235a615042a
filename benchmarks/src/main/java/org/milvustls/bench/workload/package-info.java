/**
 * Operations that a cell stands for, each of which checks its answer; knows no JMH. Uses {@code
 * client}, {@code pki}, {@code result}, {@code scenario} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.workload;

import org.jspecify.annotations.NullMarked;
