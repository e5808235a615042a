/**
 * Tells people what {@code CertificateMonitor} found. Start with {@code Alerts}, which decides what
 * each {@code AlertChannel} has to be told, and {@code AlertSettings}, which reads the channels
<<<<<<< HEAD
 * from a file. Uses {@code monitor} and {@code pki} of the project.
=======
 * from a file. {@code AlertChannelType} is how a type of channel is added. May use {@code monitor}
 * and {@code pki}.
>>>>>>> ops-21
 */
@NullMarked
package org.milvustls.monitor.alert;

import org.jspecify.annotations.NullMarked;
