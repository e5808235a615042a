/**
 * Finds certificates that are about to expire, and renewed ones that are not served. Start with
 * {@code CertificateMonitor}, which turns {@code MonitorTarget}s into a {@code MonitorReport}. Uses
 * {@code pki} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.monitor;

import org.jspecify.annotations.NullMarked;
