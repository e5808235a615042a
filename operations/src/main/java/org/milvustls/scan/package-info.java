/**
 * Finds what a TLS listener really accepts, by offering it and reading the answer. Start with
 * {@code TlsScanner}, which makes a {@code ScanReport}. Uses {@code pki} and {@code tls} of the
 * project.
 */
@NullMarked
package org.milvustls.scan;

import org.jspecify.annotations.NullMarked;
