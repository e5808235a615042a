/**
 * Sends the findings of {@code CertificateMonitor} to people. Start with {@code Alerts}, which
 * decides the alerts for each {@code AlertChannel}, and {@code AlertSettings}, which reads the
 * channels from a file. Uses {@code monitor} and {@code pki} of the project.
 */
@NullMarked
package org.milvustls.monitor.alert;

import org.jspecify.annotations.NullMarked;
