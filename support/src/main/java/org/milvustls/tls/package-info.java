/**
 * What is asked of TLS, how a context is made of it, what was got, and why it failed. Start with
 * {@code TlsSettings} (asked), {@code NegotiatedSession} (got) and {@code HandshakeFailure} (why
 * not). Knows the current Netty; never the Netty inside the Milvus SDK, which belongs to {@code
 * client}. Uses {@code pki} of the project.
 */
@NullMarked
package org.milvustls.tls;

import org.jspecify.annotations.NullMarked;
