/**
 * The monitor as a service. Start with {@code Watch}. May use {@code monitor} and {@code
 * monitor.alert}.
 */
@NullMarked
package org.milvustls.monitor.watch;

import org.jspecify.annotations.NullMarked;
