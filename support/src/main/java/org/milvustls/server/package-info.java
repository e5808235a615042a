/**
 * A running Milvus: embedded, in a container, or an external one. Start with {@code MilvusServer}
 * and {@code MilvusServers}. May use {@code milvus}, {@code tls} and {@code pki}.
 */
@NullMarked
package org.milvustls.server;

import org.jspecify.annotations.NullMarked;
