/**
 * Reports on a run folder, from its files alone. {@code Reports} writes the page, the Markdown and
 * the charts of a run. {@code RunComparison} compares two runs. Only {@code Sentences} puts
 * verdicts into words. The templates of the page are in {@code src/main/jte} and become classes of
 * this package. Uses {@code pki}, {@code result}, {@code scenario}, {@code stats} and {@code tls}
 * of the project.
 */
@NullMarked
package org.milvustls.bench.report;

import org.jspecify.annotations.NullMarked;
