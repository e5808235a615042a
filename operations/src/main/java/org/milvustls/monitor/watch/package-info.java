/**
 * The monitor as a service. Start with {@code Watch}. Uses {@code monitor} and {@code
 * monitor.alert} of the project.
 */
@NullMarked
package org.milvustls.monitor.watch;

import org.jspecify.annotations.NullMarked;
