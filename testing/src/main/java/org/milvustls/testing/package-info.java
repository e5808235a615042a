/**
 * Makes skipped tests visible: {@link org.milvustls.testing.BuildSummary} closes a build with the
 * tests that were skipped and why. It registers itself where this module is on the class path. Uses
 * JUnit only.
 */
@NullMarked
package org.milvustls.testing;

import org.jspecify.annotations.NullMarked;
