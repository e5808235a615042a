/** Pure functions over numbers: estimates, intervals, verdicts. Uses nothing of the project. */
@NullMarked
package org.milvustls.bench.stats;

import org.jspecify.annotations.NullMarked;
