/**
 * The command {@code run-benchmarks}: turns options into calls, and results into text and exit
 * codes. Uses {@code report}, {@code result}, {@code run}, {@code scenario} and {@code server} of
 * the project.
 */
@NullMarked
package org.milvustls.bench.cli;

import org.jspecify.annotations.NullMarked;
