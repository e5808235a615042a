/**
 * Stories against a real Milvus, one class each, told on an embedded server and on one in a
 * container. Start with {@link org.milvustls.stories.Stage}, which has the servers. Uses the
 * library as its users do.
 */
@NullMarked
package org.milvustls.stories;

import org.jspecify.annotations.NullMarked;
