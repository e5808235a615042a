/**
 * Certificates as values and as files. Start with {@code CertificateAuthority}, {@code
 * IssuedCertificate} and {@code CertificateDirectory}. Uses nothing of the project.
 */
@NullMarked
package org.milvustls.pki;

import org.jspecify.annotations.NullMarked;
