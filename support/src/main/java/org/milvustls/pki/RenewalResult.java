package org.milvustls.pki;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a renewal for one certificate.
 *
 * @param path its place in the certificate directory, such as {@code servers/milvus}
 * @param outcome renewed or not
 * @param notAfter end of the current certificate; empty: no readable one
 * @param detail why, for people
 */
public record RenewalResult(
    String path, Outcome outcome, Optional<Instant> notAfter, String detail) {
  /** The outcomes. */
  public enum Outcome {
    /** There is a new certificate. */
    RENEWED,
    /** It is not due yet. */
    NOT_DUE,
    /** It is due and another party must act, but without effect on users yet: see the detail. */
    CAN_WAIT,
    /** It is due, and another party must act: see the detail. */
    BLOCKED
  }

  public RenewalResult {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(notAfter, "notAfter");
    Objects.requireNonNull(detail, "detail");
  }
}
