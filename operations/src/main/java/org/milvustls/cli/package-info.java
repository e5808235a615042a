/**
 * The command {@code milvus-tls}: turns options into calls, and results into text and exit codes,
 * without logic. One class for each command. Uses {@code acme}, {@code client}, {@code milvus},
 * {@code monitor}, {@code monitor.alert}, {@code monitor.watch}, {@code pki}, {@code scan}, {@code
 * server} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.cli;

import org.jspecify.annotations.NullMarked;
