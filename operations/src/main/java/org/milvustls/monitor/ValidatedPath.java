package org.milvustls.monitor;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path from a served leaf to a trust anchor. A server may send more certificates; only the path
 * counts.
 *
 * @param sent the leaf and its issuers among the sent certificates, in order
 * @param superfluous the other sent certificates
 */
record ValidatedPath(List<X509Certificate> sent, List<X509Certificate> superfluous) {
  ValidatedPath {
    sent = List.copyOf(sent);
    superfluous = List.copyOf(superfluous);
  }

  static ValidatedPath of(List<X509Certificate> chain, List<X509Certificate> anchors) {
    List<X509Certificate> left = new ArrayList<>(chain);
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate last = left.remove(0);
    path.add(last);
    while (!endsAt(anchors, last)) {
      Optional<X509Certificate> issuer = issuer(last, left);
      if (issuer.isEmpty()) {
        break;
      }
      last = issuer.get();
      left.remove(last);
      path.add(last);
    }
    return new ValidatedPath(path, left);
  }

  private static boolean endsAt(List<X509Certificate> anchors, X509Certificate certificate) {
    return anchors.contains(certificate) || issuer(certificate, anchors).isPresent();
  }

  private static Optional<X509Certificate> issuer(
      X509Certificate certificate, List<X509Certificate> candidates) {
    return candidates.stream()
        .filter(candidate -> !candidate.equals(certificate))
        .filter(candidate -> signed(candidate, certificate))
        .findFirst();
  }

  private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | ArithmeticException e) {
      return false;
    }
  }
}
