/**
 * TLS settings of the Milvus server, by version: the keys that it really reads. May use {@code tls}
 * and {@code pki}.
 */
@NullMarked
package org.milvustls.milvus;

import org.jspecify.annotations.NullMarked;
