/**
 * TLS settings, contexts, negotiated sessions and failures. Start with {@code TlsSettings}
 * (requested), {@code NegotiatedSession} (negotiated) and {@code HandshakeFailure} (the reason of a
 * failure). Depends on the current Netty, never on the Netty inside the Milvus SDK, which belongs
 * to {@code client}. Uses {@code pki} of the project.
 */
@NullMarked
package org.milvustls.tls;

import org.jspecify.annotations.NullMarked;
