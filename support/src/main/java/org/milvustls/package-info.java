/**
 * What every package of the library shares: {@link org.milvustls.MilvusTlsException}, the one
 * family of errors that are meant for a person. Uses nothing of the project.
 */
@NullMarked
package org.milvustls;

import org.jspecify.annotations.NullMarked;
