package org.milvustls.bench.stats;

import java.util.Random;

/**
 * What the intervals of a simulated design turned out to be worth.
 *
 * @param coverage share of intervals that held the truth
 * @param calledDifferent share of A/A controls whose interval did not hold 1
 * @param halfWidth mean of the intervals' half-widths, as a log-ratio
 * @param power share of effects of twice that half-width that were found
 */
record Calibration(double coverage, double calledDifferent, double halfWidth, double power) {
  private static final long SEED = 20_260_101;

  static Calibration of(SimulatedRun design, double confidence, int runs) {
    Random random = new Random(SEED);
    double truth = Math.log(1.2);
    int covered = 0;
    int different = 0;
    double width = 0;
    for (int run = 0; run < runs; run++) {
      covered += interval(design, truth, confidence, random).contains(truth) ? 1 : 0;
      Interval control = interval(design, 0, confidence, random);
      different += control.contains(0) ? 0 : 1;
      width += control.halfWidth() / runs;
    }
    int found = 0;
    for (int run = 0; run < runs; run++) {
      found += interval(design, 2 * width, confidence, random).low() > 0 ? 1 : 0;
    }
    return new Calibration(
        (double) covered / runs, (double) different / runs, width, (double) found / runs);
  }

  private static Interval interval(
      SimulatedRun design, double truth, double confidence, Random random) {
    return design.estimate(truth, random).interval(confidence).orElseThrow();
  }
}
