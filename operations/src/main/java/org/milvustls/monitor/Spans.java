package org.milvustls.monitor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses and formats spans of time for people. */
public final class Spans {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([dhms])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1));

  private Spans() {}

  /** Parses {@code 30d}, {@code 36h}, {@code 90m} or {@code 30s}; empty for other text. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration unit = UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
    return Optional.of(unit.multipliedBy(Long.parseLong(matcher.group(1))));
  }

  /** {@code 12 days left}, or {@code expired 3 hours ago} for a negative span. */
  public static String left(Duration left) {
    return left.isNegative() ? "expired " + text(left.negated()) + " ago" : text(left) + " left";
  }

  /** In the largest unit with a count above one: {@code 12 days}. */
  public static String text(Duration span) {
    return span.toDays() > 1
        ? span.toDays() + " days"
        : span.toHours() > 0 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
  }
}
