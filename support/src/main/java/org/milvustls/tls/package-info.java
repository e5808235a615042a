/**
 * What is asked of TLS, how a context is made of it, what was got, and why it failed. Start with
 * {@code TlsSettings} (asked), {@code NegotiatedSession} (got) and {@code HandshakeFailure} (why
 * not). May use {@code pki} and the current Netty; never the Netty inside the Milvus SDK, which
 * belongs to {@code client}.
 */
@NullMarked
package org.milvustls.tls;

import org.jspecify.annotations.NullMarked;
