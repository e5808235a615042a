package org.milvustls.pki;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one certificate.
 *
 * @param path its place in the certificate directory, such as {@code servers/milvus}
 * @param outcome renewed or not
 * @param notAfter end of the certificate that is there now; empty: none that can be read
 * @param detail why, for people
 */
public record RenewalResult(
    String path, Outcome outcome, Optional<Instant> notAfter, String detail) {
  /** How it can go. */
  public enum Outcome {
    /** There is a new certificate. */
    RENEWED,
    /** It is good for longer. */
    NOT_DUE,
    /** It is due and somebody else has to act, but nothing suffers yet: see the detail. */
    CAN_WAIT,
    /** It is due, and somebody else has to act: see the detail. */
    BLOCKED
  }

  public RenewalResult {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(notAfter, "notAfter");
    Objects.requireNonNull(detail, "detail");
  }
}
