/**
 * Shared by every package of the library: {@link org.milvustls.MilvusTlsException}, the errors for
 * people. Uses nothing of the project.
 */
@NullMarked
package org.milvustls;

import org.jspecify.annotations.NullMarked;
