package org.milvustls.bench.report;

import org.knowm.xchart.XYChart;

/**
 * A chart with its title and texts.
 *
 * @param id name of its files and its anchor
 * @param title heading
 * @param alternative description for readers who do not see it
 * @param note how to read it; empty without
 * @param chart itself
 * @param numbers the same as a table
 */
record Drawing(
    String id, String title, String alternative, String note, XYChart chart, Table numbers) {}
