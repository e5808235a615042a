package org.milvustls.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The policy for renewal. A certificate is due when a third of its lifetime remains, or half of a
 * lifetime under ten days. A fixed number of days would be wrong for short-lived certificates.
 *
 * @param before due when less than this remains, whatever the lifetime; empty: the rule above
 */
public record RenewalPolicy(Optional<Duration> before) {
  private static final Duration SHORT_LIFETIME = Duration.ofDays(10);

  /** The rule for any lifetime. */
  public static RenewalPolicy byLifetime() {
    return new RenewalPolicy(Optional.empty());
  }

  /** Due when less than {@code left} remains. */
  public static RenewalPolicy before(Duration left) {
    return new RenewalPolicy(Optional.of(left));
  }

  /** The moment from which the certificate is due. */
  public Instant dueFrom(X509Certificate certificate) {
    Instant notAfter = certificate.getNotAfter().toInstant();
    Duration lifetime = Duration.between(certificate.getNotBefore().toInstant(), notAfter);
    int part = lifetime.compareTo(SHORT_LIFETIME) < 0 ? 2 : 3;
    return notAfter.minus(before.orElse(lifetime.dividedBy(part)));
  }

  /** Whether the certificate is due at {@code now}; an expired one always is. */
  public boolean isDue(X509Certificate certificate, Instant now) {
    return !now.isBefore(dueFrom(certificate));
  }
}
