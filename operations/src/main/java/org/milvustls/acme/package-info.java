/**
 * Server certificates from a public CA, or from any CA that speaks ACME (RFC 8555). Start with
 * {@code AcmeIssuer} and {@code AcmeRequest}. Uses acme4j, and of the project {@code pki}.
 */
@NullMarked
package org.milvustls.acme;

import org.jspecify.annotations.NullMarked;
