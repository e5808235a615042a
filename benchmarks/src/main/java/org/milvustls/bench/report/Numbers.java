package org.milvustls.bench.report;

import java.util.Locale;
import org.milvustls.bench.result.Summary.Ratio;
import org.milvustls.bench.result.Summary.Value;
import org.milvustls.bench.stats.Interval;

/** Formats numbers for reports: three significant digits, a unit, an interval. */
final class Numbers {
  private Numbers() {}

  /** Milliseconds from nanoseconds, such as {@code 2.13 ms}. */
  static String millis(double nanos) {
    return digits(nanos / 1e6) + " ms";
  }

  /** The same with its interval: {@code 2.13 ms (2.10 to 2.16)}. */
  static String millis(Value nanos) {
    return millis(nanos.mean())
        + nanos
            .interval()
            .map(i -> " (" + digits(i.low() / 1e6) + " to " + digits(i.high() / 1e6) + ")")
            .orElse(" (no interval)");
  }

  /** A value that cannot be below 0, so the interval is cut there: {@code 3.1 ms (0 to 6.9)}. */
  static String cost(Value nanos) {
    return cost(nanos.mean())
        + nanos
            .interval()
            .map(
                i ->
                    " ("
                        + (i.low() <= 0 ? "0" : digits(i.low() / 1e6))
                        + " to "
                        + digits(Math.max(0, i.high()) / 1e6)
                        + ")")
            .orElse(" (no interval)");
  }

  /** CPU without the idle share can be below 0; then it counts as none. */
  static String cost(double nanos) {
    return nanos <= 0 ? "none seen" : millis(nanos);
  }

  /** A number without needless digits: {@code 12.5} or {@code 95}. */
  static String plain(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
  }

  /** Three significant digits, as a plain number. */
  static String digits(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  /** {@code 2.31 (2.20 to 2.43)}. */
  static String ratio(Ratio ratio) {
    return digits4(ratio.ratio())
        + ratio.interval().map(i -> " (" + range(i) + ")").orElse(" (no interval)");
  }

  /** {@code 2.31}. */
  static String ratio(double ratio) {
    return digits4(ratio);
  }

  /** {@code 2.10 to 2.16 ms} from nanoseconds. */
  static String millisRange(Interval nanos) {
    return digits(nanos.low() / 1e6) + " to " + digits(nanos.high() / 1e6) + " ms";
  }

  /** {@code 0.987 to 1.012}. */
  static String range(Interval interval) {
    return digits4(interval.low()) + " to " + digits4(interval.high());
  }

  private static String digits4(double ratio) {
    return String.format(Locale.ROOT, ratio >= 10 ? "%.1f" : ratio >= 2 ? "%.2f" : "%.3f", ratio);
  }

  /** {@code -1.2 % to +1.9 %}. */
  static String percents(Interval interval) {
    return percent(interval.low()) + " to " + percent(interval.high());
  }

  /** {@code +1.9 %} for a ratio of 1.019. */
  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%+.1f %%", (ratio - 1) * 100);
  }

  /** {@code 16.3 % to 17.0 %} of the baseline. */
  static String shares(Interval interval) {
    return share(interval.low()) + " to " + share(interval.high());
  }

  /** A share without sign, such as {@code 3.4 %}. */
  static String share(double ratioMinusOne) {
    return String.format(Locale.ROOT, "%.1f %%", Math.abs(ratioMinusOne) * 100);
  }

  /** {@code 1 cell} or {@code 3 cells}. */
  static String count(int number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }
}
