package org.milvustls.bench.report;

import org.knowm.xchart.XYChart;

/**
 * A chart with all that stands around it.
 *
 * @param id name of its files and its anchor
 * @param title heading
 * @param alternative what it shows, for those who do not see it
 * @param note how to read it; empty without
 * @param chart itself
 * @param numbers the same as a table
 */
record Drawing(
    String id, String title, String alternative, String note, XYChart chart, Table numbers) {}
