package org.milvustls.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The CA's advice on the time of a renewal (renewal information, RFC 9773), and the earliest time
 * of the next request.
 *
 * @param serial of the certificate, in hexadecimal
 * @param window time to renew; empty: the CA has no advice
 * @param askAgainFrom earliest time of the next request
 */
record RenewalAdvice(String serial, Optional<Window> window, Instant askAgainFrom) {
  private static final Duration DAY = Duration.ofDays(1);

  /** The period in which a certificate should be renewed. */
  record Window(Instant start, Instant end) {}

  RenewalAdvice {
    Objects.requireNonNull(serial, "serial");
    Objects.requireNonNull(askAgainFrom, "askAgainFrom");
  }

  /**
   * The advice. The CA decides the time of the next request, within a day (RFC 9773 section 4.3).
   */
  static RenewalAdvice of(
      X509Certificate leaf, Optional<Window> window, Optional<Instant> retryAfter, Instant now) {
    Instant again = retryAfter.orElse(now.plus(DAY.dividedBy(4)));
    Instant latest = now.plus(DAY);
    Instant earliest = now.plusSeconds(60);
    return new RenewalAdvice(
        serial(leaf),
        window,
        again.isAfter(latest) || window.isEmpty()
            ? latest
            : again.isBefore(earliest) ? earliest : again);
  }

  boolean isAbout(X509Certificate leaf) {
    return serial.equals(serial(leaf));
  }

  private static String serial(X509Certificate leaf) {
    return leaf.getSerialNumber().toString(16);
  }

  /**
   * A moment within the window, chosen by the serial number: practically random over all
   * certificates of a CA, but fixed for each one.
   */
  Optional<Instant> renewFrom() {
    return window.map(
        each -> {
          long millis = Math.max(0, Duration.between(each.start(), each.end()).toMillis());
          double part = Integer.toUnsignedLong(serial.hashCode() * 0x9e3779b9) / 4294967296.0;
          return each.start().plusMillis((long) (millis * part));
        });
  }
}
