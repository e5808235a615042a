/**
 * A running Milvus: embedded, in a container, or an external one. Start with {@code MilvusServer}
 * and {@code MilvusServers}. Uses {@code milvus} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.server;

import org.jspecify.annotations.NullMarked;
