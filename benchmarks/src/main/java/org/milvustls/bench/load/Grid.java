package org.milvustls.bench.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One grid of rates for all arms: preferred numbers (ISO 3, series R10, ten in each decade). It
 * starts well below the capacity of the slowest arm and ends above that of the fastest.
 */
final class Grid {
  private static final double[] R10 = {1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8};

  /** Limit of rates. Above it, only every second one is used (series R5). */
  private static final int MOST = 12;

  private static final double FROM = 0.2;
  private static final double TO = 1.3;

  private Grid() {}

  /**
   * The grid for arms with these capacities in calls per second.
   *
   * @param capacities at least one, all above 0
   */
  static List<Double> of(Collection<Double> capacities) {
    double low = capacities.stream().mapToDouble(c -> c).min().orElseThrow() * FROM;
    double high = capacities.stream().mapToDouble(c -> c).max().orElseThrow() * TO;
    List<Double> rates = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(low)); ; decade++) {
      for (double number : R10) {
        double rate = number * Math.pow(10, decade);
        if (rate >= low) {
          rates.add(rate);
        }
        if (rate >= high) {
          return rates.size() <= MOST ? List.copyOf(rates) : everySecond(rates);
        }
      }
    }
  }

  /** Keeps the highest rate, which is above the capacity of every arm. */
  private static List<Double> everySecond(List<Double> rates) {
    List<Double> fewer = new ArrayList<>();
    for (int i = (rates.size() - 1) % 2; i < rates.size(); i += 2) {
      fewer.add(rates.get(i));
    }
    return List.copyOf(fewer);
  }
}
