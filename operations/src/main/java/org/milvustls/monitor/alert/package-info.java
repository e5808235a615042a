/**
 * Tells people what {@code CertificateMonitor} found. Start with {@code Alerts}, which decides what
 * each {@code AlertChannel} has to be told, and {@code AlertSettings}, which reads the channels
 * from a file. {@code AlertChannelType} is how a type of channel is added. Uses {@code monitor} and
 * {@code pki} of the project.
 */
@NullMarked
package org.milvustls.monitor.alert;

import org.jspecify.annotations.NullMarked;
