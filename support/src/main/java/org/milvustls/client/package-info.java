/**
 * A connected SDK client with the requested TLS. Start with {@code SecureMilvus}. Only this package
 * depends on the Netty and gRPC inside the Milvus SDK. Uses {@code milvus} and {@code tls} of the
 * project.
 */
@NullMarked
package org.milvustls.client;

import org.jspecify.annotations.NullMarked;
