package org.milvustls.monitor;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.milvustls.MilvusTlsException;

/**
 * The remaining validity that a certificate must have: a time, or a share of its lifetime. A fixed
 * number of days would be wrong for short-lived certificates.
 *
 * @param share of the lifetime, 0 to 1; not used when {@code fixed} is present
 * @param most upper limit of the share
 * @param fixed a time, whatever the lifetime
 */
public record Threshold(double share, Duration most, Optional<Duration> fixed) {
  private static final Duration NO_BOUND = Duration.ofDays(36_500);
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)%");

  /** A fifth of the lifetime, at most 30 days. */
  static final Threshold WARNING = new Threshold(0.2, Duration.ofDays(30), Optional.empty());

  /** A tenth of the lifetime, at most 14 days. */
  static final Threshold CRITICAL = new Threshold(0.1, Duration.ofDays(14), Optional.empty());

  /** Parses {@code 30d}, {@code 36h}, {@code 90m} or {@code 20%}; other text is a usage error. */
  public static Threshold of(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches()) {
      double share = Double.parseDouble(percent.group(1)) / 100;
      if (share > 0 && share <= 1) {
        return new Threshold(share, NO_BOUND, Optional.empty());
      }
    }
    Optional<Duration> time = Spans.parse(text);
    if (time.isPresent()) {
      return new Threshold(0, NO_BOUND, time);
    }
    throw MilvusTlsException.usage("not a threshold")
        .seen(text)
        .allowed("a time such as 30d, 36h or 90m, or a share of the lifetime such as 20%")
        .build();
  }

  /**
   * Whether it is below another for every certificate; false when that depends on the certificate.
   */
  boolean isBelow(Threshold other) {
    if (fixed.isPresent() && other.fixed.isPresent()) {
      return fixed.get().compareTo(other.fixed.get()) < 0;
    }
    boolean shares = fixed.isEmpty() && other.fixed.isEmpty();
    return shares && share < other.share && most.compareTo(other.most) <= 0;
  }

  /** In the notation of {@link #of(String)}. */
  @Override
  public String toString() {
    return fixed.map(Spans::text).orElse(Math.round(share * 1000) / 10.0 + "%");
  }

  /** The time that must remain of a certificate with this lifetime. */
  Duration of(Duration lifetime) {
    return fixed.orElseGet(
        () -> {
          Duration part = Duration.ofMillis((long) (lifetime.toMillis() * share));
          return part.compareTo(most) < 0 ? part : most;
        });
  }
}
