/**
 * The command {@code milvus-tls}: options to calls, results to text and exit codes; no logic. One
 * class for each command.
 */
@NullMarked
package org.milvustls.cli;

import org.jspecify.annotations.NullMarked;
