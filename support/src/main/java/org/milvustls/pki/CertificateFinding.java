package org.milvustls.pki;

import java.util.Objects;

/**
 * A problem that was found.
 *
 * @param problem which kind
 * @param detail what was seen and what to do, for people
 */
public record CertificateFinding(Problem problem, String detail) {
  public CertificateFinding {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(detail, "detail");
  }
}
