package org.milvustls.monitor;

import java.time.Duration;
import java.time.Instant;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateFacts;

/**
 * The thresholds for WARNING and CRITICAL.
 *
 * @param warning for less than this remaining
 * @param critical for less than this remaining; when both are times, or both shares, at most {@code
 *     warning}, which would otherwise have no effect
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

  /** The state of a leaf now. */
  State ofLeaf(CertificateFacts leaf, Instant now) {
    return state(leaf, now, warning.of(lifetime(leaf)));
  }

  /**
   * The state of an issuer now. With less than two lifetimes of a leaf remaining, new leaves are
   * shortened or cannot be issued.
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
