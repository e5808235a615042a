/**
 * Certificates as values and as files. Start with {@code CertificateAuthority}, {@code
 * IssuedCertificate} and {@code CertificateDirectory}. Uses Bouncy Castle, and nothing of the
 * project but its error type.
 */
@NullMarked
package org.milvustls.pki;

import org.jspecify.annotations.NullMarked;
