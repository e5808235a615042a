/**
 * A connected SDK client whose TLS is what was asked. Start with {@code SecureMilvus}. The only
 * package that knows the Netty and gRPC inside the Milvus SDK. Uses {@code milvus} and {@code tls}
 * of the project.
 */
@NullMarked
package org.milvustls.client;

import org.jspecify.annotations.NullMarked;
