package org.milvustls.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.milvustls.tls.HandshakeFailure.Reason;

/** Finds the reason why the JVM rejected a chain, from the chain itself. */
final class ChainVerdict {
  private final CertificateRejectedException rejected;
  private final HandshakeEvidence evidence;
  private final X509Certificate leaf;

  ChainVerdict(CertificateRejectedException rejected, HandshakeEvidence evidence) {
    this.rejected = rejected;
    this.evidence = evidence;
    this.leaf = rejected.chain().get(0);
  }

  HandshakeFailure explain() {
    return validity()
        .or(this::nameMismatch)
        .or(this::wrongUsage)
        .or(this::selfSigned)
        .or(this::untrusted)
        .orElseGet(
            () ->
                new HandshakeFailure(
                    Reason.OTHER,
                    "The certificate '"
                        + name(leaf)
                        + "' is refused: "
                        + rejected.getMessage()
                        + ".",
                    "inspect it with 'milvus-tls certs inspect " + evidence.target() + "'"));
  }

  private Optional<HandshakeFailure> validity() {
    for (X509Certificate certificate : rejected.chain()) {
      Instant from = certificate.getNotBefore().toInstant();
      Instant until = certificate.getNotAfter().toInstant();
      if (evidence.at().isAfter(until)) {
        return Optional.of(
            new HandshakeFailure(
                Reason.EXPIRED,
                "The server's certificate '"
                    + name(certificate)
                    + "' expired on "
                    + until
                    + ", "
                    + words(Duration.between(until, evidence.at()))
                    + " ago.",
                "renew it with 'milvus-tls certs renew' and restart Milvus, which loads its"
                    + " certificate at start only; if the date seems right, check this machine's"
                    + " clock ("
                    + evidence.at()
                    + ")"));
      }
      if (evidence.at().isBefore(from)) {
        return Optional.of(
            new HandshakeFailure(
                Reason.NOT_YET_VALID,
                "The server's certificate '"
                    + name(certificate)
                    + "' is valid from "
                    + from
                    + ", in "
                    + words(Duration.between(evidence.at(), from))
                    + ".",
                "check this machine's clock ("
                    + evidence.at()
                    + ") and that of the machine that issued the certificate"));
      }
    }
    return Optional.empty();
  }

  private Optional<HandshakeFailure> nameMismatch() {
    String message = String.valueOf(rejected.getMessage()).toLowerCase(Locale.ROOT);
    if (!message.contains("subject alternative") && !message.contains("no name matching")) {
      return Optional.empty();
    }
    List<String> names = CertificateNames.of(leaf);
    String asked = rejected.nameAsked().orElse(evidence.serverName());
    return Optional.of(
        new HandshakeFailure(
            Reason.NAME_MISMATCH,
            "The server's certificate is for "
                + (names.isEmpty() ? "no name at all" : String.join(", ", names))
                + ", not for '"
                + asked
                + "'.",
            "connect by one of its names, give one as server name, or issue a certificate for '"
                + asked
                + "'"));
  }

  private Optional<HandshakeFailure> wrongUsage() {
    String message = String.valueOf(rejected.getMessage()).toLowerCase(Locale.ROOT);
    if (!message.contains("key usage")) {
      return Optional.empty();
    }
    return Optional.of(
        new HandshakeFailure(
            Reason.WRONG_USAGE,
            "The certificate '"
                + name(leaf)
                + "' may not be used by a server: "
                + rejected.getMessage()
                + ".",
            "issue a certificate with the extended key usage serverAuth"));
  }

  private Optional<HandshakeFailure> selfSigned() {
    boolean alone =
        leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal())
            && rejected.chain().size() == 1;
    return alone
        ? Optional.of(
            new HandshakeFailure(
                Reason.SELF_SIGNED,
                "The server's certificate '"
                    + name(leaf)
                    + "' signed itself and is not among the trusted ones.",
                "better issue a certificate from a CA ('milvus-tls certs init') and trust the CA;"
                    + " or trust this certificate"))
        : Optional.empty();
  }

  private Optional<HandshakeFailure> untrusted() {
    if (!String.valueOf(rejected.getMessage()).contains("path")) {
      return Optional.empty();
    }
    X509Certificate last = rejected.chain().get(rejected.chain().size() - 1);
    X500Principal missing = last.getIssuerX500Principal();
    boolean sameName =
        rejected.anchors().stream().anyMatch(a -> a.getSubjectX500Principal().equals(missing));
    String explanation =
        sameName
            ? "The trusted CA '"
                + missing.getName()
                + "' did not sign '"
                + name(last)
                + "': another CA of the same name did."
            : "The server's certificate '"
                + name(leaf)
                + "' leads to the issuer '"
                + missing.getName()
                + "', which is not trusted (trusted: "
                + anchors()
                + ").";
    return Optional.of(
        new HandshakeFailure(
            Reason.UNTRUSTED_ISSUER,
            explanation,
            rejected.chain().size() == 1 && !sameName
                ? "trust the CA of this server; if it is trusted, let the server send its"
                    + " intermediate certificate too (server.pem holds the leaf, then the"
                    + " intermediate)"
                : "name the CA that issued the server's certificate as the one to trust"));
  }

  private String anchors() {
    List<String> names = rejected.anchors().stream().limit(3).map(ChainVerdict::name).toList();
    int more = rejected.anchors().size() - names.size();
    return (names.isEmpty() ? "nothing" : String.join("; ", names))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  static String name(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /** A duration in its largest unit, for messages. */
  static String words(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() >= 2) {
      return duration.toHours() + " hours";
    }
    return duration.toMinutes() >= 2
        ? duration.toMinutes() + " minutes"
        : duration.toSeconds() + " seconds";
  }
}
