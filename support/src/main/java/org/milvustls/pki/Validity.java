package org.milvustls.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The first and last moment of a certificate's validity, in whole seconds. */
record Validity(Instant notBefore, Instant notAfter) {
  Validity {
    if (!notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException("invalid interval: " + notBefore + ".." + notAfter);
    }
  }

  static Validity of(Instant notBefore, Duration lifetime) {
    Instant start = notBefore.truncatedTo(ChronoUnit.SECONDS);
    return new Validity(start, start.plus(lifetime).truncatedTo(ChronoUnit.SECONDS));
  }
}
