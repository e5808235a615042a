/**
 * Draws a run folder, and reads nothing else: {@code Reports} writes the page, the Markdown and the
 * charts of a run, {@code RunComparison} holds two runs against each other. {@code Sentences} is
 * the one place that puts verdicts into words. The templates of the page are in {@code
 * src/main/jte} and become classes of this package. Uses {@code pki}, {@code result}, {@code
 * scenario}, {@code stats} and {@code tls} of the project.
 */
@NullMarked
package org.milvustls.bench.report;

import org.jspecify.annotations.NullMarked;
