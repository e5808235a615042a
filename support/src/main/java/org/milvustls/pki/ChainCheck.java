package org.milvustls.pki;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that certificates sign one another in their order, up to a trust anchor. */
final class ChainCheck {
  private final List<X509Certificate> chain;
  private final List<X509Certificate> anchors;

  ChainCheck(List<X509Certificate> chain, List<X509Certificate> anchors) {
    this.chain = chain;
    this.anchors = anchors;
  }

  List<CertificateFinding> run() {
    List<CertificateFinding> findings = new ArrayList<>();
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!isSignedBy(chain.get(i), chain.get(i + 1))) {
        findings.add(
            new CertificateFinding(
                Problem.CHAIN_BROKEN,
                name(chain.get(i))
                    + " is not signed by the next certificate, "
                    + name(chain.get(i + 1))
                    + ": put the leaf first and each issuer after what it signed"));
        return findings;
      }
      checkLifetime(chain.get(i), chain.get(i + 1)).ifPresent(findings::add);
    }
    checkEnd().ifPresent(findings::add);
    return findings;
  }

  private Optional<CertificateFinding> checkEnd() {
    X509Certificate last = chain.get(chain.size() - 1);
    if (isUntrusted(last)) {
      return Optional.of(
          new CertificateFinding(
              Problem.CHAIN_UNTRUSTED,
              "the chain leads to "
                  + last.getIssuerX500Principal().getName()
                  + ", and clients do not trust that one: give them its certificate, or serve one"
                  + " of a CA that they trust"));
    }
    if (chain.size() == 1 && isSelfSigned(last)) {
      return Optional.of(
          new CertificateFinding(
              Problem.LEAF_AS_TRUST_ANCHOR,
              name(last)
                  + " is self-signed: clients can only trust it by itself and must be changed at"
                  + " each renewal; have a CA issue it"));
    }
    if (anchors.isEmpty()) {
      return chain.size() > 1
          ? Optional.empty()
          : incomplete(
              "only the leaf is there, without "
                  + last.getIssuerX500Principal().getName()
                  + "; if that is the trust anchor itself, say so with --ca FILE");
    }
    Optional<X509Certificate> anchor =
        anchors.stream()
            .filter(candidate -> candidate.equals(last) || isSignedBy(last, candidate))
            .findFirst();
    return anchor.isPresent()
        ? checkLifetime(last, anchor.get())
        : incomplete(
            "no trust anchor signed "
                + name(last)
                + "; missing: "
                + last.getIssuerX500Principal().getName());
  }

  /**
   * Whether the chain ends at a root that is not an anchor, or at an issuer with an anchor's name
   * and another key.
   */
  private boolean isUntrusted(X509Certificate last) {
    if (anchors.isEmpty() || anchors.contains(last)) {
      return false;
    }
    boolean sameName =
        anchors.stream()
            .anyMatch(
                anchor -> anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal()));
    return isSelfSigned(last)
        || (sameName && anchors.stream().noneMatch(anchor -> isSignedBy(last, anchor)));
  }

  private static Optional<CertificateFinding> checkLifetime(
      X509Certificate certificate, X509Certificate issuer) {
    return certificate.getNotAfter().toInstant().isAfter(issuer.getNotAfter().toInstant())
        ? Optional.of(
            new CertificateFinding(
                Problem.OUTLIVES_ISSUER,
                name(certificate)
                    + " is valid until "
                    + certificate.getNotAfter().toInstant()
                    + ", its issuer only until "
                    + issuer.getNotAfter().toInstant()))
        : Optional.empty();
  }

  private static Optional<CertificateFinding> incomplete(String detail) {
    return Optional.of(new CertificateFinding(Problem.CHAIN_INCOMPLETE, detail));
  }

  static boolean isSelfSigned(X509Certificate certificate) {
    return isSignedBy(certificate, certificate);
  }

  static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | ArithmeticException e) {
      // Signed by another key of the same name, or with an unsupported algorithm. With invalid DSA
      // parameters, the JDK computes an inverse that does not exist.
      return false;
    }
  }

  private static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }
}
