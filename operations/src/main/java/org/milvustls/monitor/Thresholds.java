package org.milvustls.monitor;

import java.time.Duration;
import java.time.Instant;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateFacts;

/**
 * When a certificate is called WARNING and CRITICAL.
 *
 * @param warning less than this is left
 * @param critical less than this is left; when both are times, or both shares, no more than {@code
 *     warning}, which would be without effect
 */
public record Thresholds(Threshold warning, Threshold critical) {
  /** Warning at a fifth of the lifetime, at most 30 days; critical at a tenth, at most 14. */
  public static final Thresholds DEFAULT = new Thresholds(Threshold.WARNING, Threshold.CRITICAL);

  public Thresholds {
    if (warning.isBelow(critical)) {
      throw MilvusTlsException.usage("the threshold of WARNING is below that of CRITICAL")
          .seen(warning + " and " + critical)
          .allowed("WARNING at the same or more, such as 30d and 14d")
          .build();
    }
  }

  /** How a leaf is now. */
  State ofLeaf(CertificateFacts leaf, Instant now) {
    return state(leaf, now, warning.of(lifetime(leaf)));
  }

  /**
   * How an issuer is now: leaves are cut short, or cannot be issued, when it has less than two of
   * their lifetimes left.
   */
  State ofIssuer(CertificateFacts issuer, CertificateFacts leaf, Instant now) {
    return state(issuer, now, lifetime(leaf).multipliedBy(2));
  }

  private State state(CertificateFacts facts, Instant now, Duration warnBelow) {
    if (now.isBefore(facts.notBefore())) {
      return State.NOT_YET_VALID;
    }
    // Not-after is the last moment of validity (RFC 5280 section 4.1.2.5).
    if (now.isAfter(facts.notAfter())) {
      return State.EXPIRED;
    }
    Duration left = Duration.between(now, facts.notAfter());
    if (left.compareTo(critical.of(lifetime(facts))) < 0) {
      return State.CRITICAL;
    }
    return left.compareTo(warnBelow) < 0 ? State.WARNING : State.OK;
  }

  private static Duration lifetime(CertificateFacts facts) {
    return Duration.between(facts.notBefore(), facts.notAfter());
  }
}
