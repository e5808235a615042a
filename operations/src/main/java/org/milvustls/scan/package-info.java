/**
 * What a TLS listener really accepts, found by offering it and reading the answer. Start with
 * {@code TlsScanner}, which makes a {@code ScanReport}. May use {@code tls}, {@code pki} and the
 * tables of Bouncy Castle's TLS classes.
 */
@NullMarked
package org.milvustls.scan;

import org.jspecify.annotations.NullMarked;
