/**
 * Helps the tests of all modules: {@link org.milvustls.testing.BuildSummary} closes a build with
 * the tests that were skipped and why, and registers itself where this module is on the class path;
 * {@link org.milvustls.testing.PackageDocs} keeps {@code package-info.java} files true. Uses
 * nothing of the project.
 */
@NullMarked
package org.milvustls.testing;

import org.jspecify.annotations.NullMarked;
