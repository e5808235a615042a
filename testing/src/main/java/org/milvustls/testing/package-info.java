/**
 * Support for the tests of all modules. {@link org.milvustls.testing.BuildSummary} reports skipped
 * tests and their reasons at the end of a build; it registers itself where this module is on the
 * class path. {@link org.milvustls.testing.PackageDocs} checks {@code package-info.java} files.
 * Uses nothing of the project.
 */
@NullMarked
package org.milvustls.testing;

import org.jspecify.annotations.NullMarked;
