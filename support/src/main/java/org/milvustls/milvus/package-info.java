/**
 * TLS settings of the Milvus server, by version: the keys that it really reads. Uses {@code pki}
 * and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.milvus;

import org.jspecify.annotations.NullMarked;
