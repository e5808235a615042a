/**
 * Finds the parameters that a TLS listener really accepts: offers them and reads the answers. Start
 * with {@code TlsScanner}, which makes a {@code ScanReport}. Uses {@code pki} and {@code tls} of
 * the project.
 */
@NullMarked
package org.milvustls.scan;

import org.jspecify.annotations.NullMarked;
