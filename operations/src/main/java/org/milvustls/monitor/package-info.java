/**
 * Whether certificates are about to expire, and whether what was renewed is served. Start with
 * {@code CertificateMonitor}, which turns {@code MonitorTarget}s into a {@code MonitorReport}. May
 * use {@code tls} and {@code pki}.
 */
@NullMarked
package org.milvustls.monitor;

import org.jspecify.annotations.NullMarked;
