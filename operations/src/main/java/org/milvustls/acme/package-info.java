/**
 * Server certificates from a public CA, or from any other ACME CA (RFC 8555). Start with {@code
 * AcmeIssuer} and {@code AcmeRequest}. Uses {@code pki} of the project.
 */
@NullMarked
package org.milvustls.acme;

import org.jspecify.annotations.NullMarked;
