package org.milvustls.pki;

import java.time.Duration;
import org.milvustls.MilvusTlsException;

/** Checks of requested lifetimes. */
final class Lifetimes {
  /** Distance of not-before into the past, so that clients with a slow clock accept a new leaf. */
  static final Duration BACKDATING = Duration.ofMinutes(5);

  private static final Duration LONGEST = Duration.ofDays(36500);

  private Lifetimes() {}

  static void check(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw MilvusTlsException.usage("not a lifetime for a certificate")
          .seen(describe(lifetime))
          .allowed("more than nothing, at most " + describe(LONGEST))
          .build();
    }
  }

  /** Days, or the ISO form where the duration is not whole days. */
  static String describe(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? duration.toDays() + " days"
        : duration.toString();
  }
}
