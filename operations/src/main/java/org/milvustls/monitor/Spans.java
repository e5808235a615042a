package org.milvustls.monitor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write and read them. */
public final class Spans {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dhms])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1));

  private Spans() {}

  /** Reads {@code 30d}, {@code 36h}, {@code 90m} or {@code 30s}; empty: it is none of these. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    return Optional.of(unit.multipliedBy(Long.parseLong(matcher.group(1))));
  }

  /** {@code 12 days left}, or {@code expired 3 hours ago} of what is negative. */
  public static String left(Duration left) {
    return left.isNegative() ? "expired " + text(left.negated()) + " ago" : text(left) + " left";
  }

  /** In the largest unit of which there is more than one: {@code 12 days}. */
  public static String text(Duration span) {
    return span.toDays() > 1
        ? span.toDays() + " days"
        : span.toHours() > 0 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
  }
}
