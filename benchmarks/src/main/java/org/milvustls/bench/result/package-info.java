/**
 * The run folder: its records, their reader and writer, and the summary computed from them. Start
 * with {@code RunFolder}, {@code Measurement} and {@code Summary}. The records are the documented
 * schema of the files (docs/run-folder.md); a change that a reader could notice raises {@code
 * SCHEMA}. Uses {@code scenario}, {@code stats} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.result;

import org.jspecify.annotations.NullMarked;
