package org.milvustls.pki;

import java.util.Objects;

/**
 * A problem that an inspection found.
 *
 * @param problem kind of problem
 * @param detail observation and next step, for people
 */
public record CertificateFinding(Problem problem, String detail) {
  public CertificateFinding {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(detail, "detail");
  }
}
