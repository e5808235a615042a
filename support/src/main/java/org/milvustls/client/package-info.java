/**
 * A connected SDK client whose TLS is what was asked. Start with {@code SecureMilvus}. The only
 * package that knows the Netty and gRPC inside the Milvus SDK. May use {@code milvus}, {@code tls}
 * and {@code pki}.
 */
@NullMarked
package org.milvustls.client;

import org.jspecify.annotations.NullMarked;
