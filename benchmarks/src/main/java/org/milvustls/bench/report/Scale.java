package org.milvustls.bench.report;

import java.util.List;

/** Maps values to a range of pixels. */
interface Scale {
  /** Pixel of a value; one beyond the ends is drawn at the end. */
  double x(double value);

  /** Values with a tick. */
  List<Double> ticks();

  /** The reference tick: 1 for ratios, 0 for times. */
  double reference();
}
