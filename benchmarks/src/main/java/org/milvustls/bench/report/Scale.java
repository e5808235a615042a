package org.milvustls.bench.report;

import java.util.List;

/** Lays values over a range of pixels. */
interface Scale {
  /** Pixel of a value; one beyond the ends is drawn at the end. */
  double x(double value);

  /** Values at which the scale is marked. */
  List<Double> ticks();

  /** The tick that other values are held against: 1 for ratios, 0 for times. */
  double reference();
}
