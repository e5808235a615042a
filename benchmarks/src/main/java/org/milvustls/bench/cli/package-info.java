/** The command {@code run-benchmarks}: options to calls, results to text and exit codes. */
@NullMarked
package org.milvustls.bench.cli;

import org.jspecify.annotations.NullMarked;
