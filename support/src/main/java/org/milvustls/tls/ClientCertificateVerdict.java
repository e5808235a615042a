package org.milvustls.tls;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.tls.HandshakeFailure.Reason;

/**
 * Finds the reason why a server rejected the client's certificate, or its absence, as far as a
 * client can.
 */
final class ClientCertificateVerdict {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final String ANY_USAGE = "2.5.29.37.0";

  private final HandshakeEvidence evidence;

  ClientCertificateVerdict(HandshakeEvidence evidence) {
    this.evidence = evidence;
  }

  HandshakeFailure explain(String detail) {
    Optional<ClientCertificateRequest> request = evidence.certificateRequest();
    boolean sent =
        request.map(ClientCertificateRequest::sent).orElse(evidence.identity().isPresent());
    if (evidence.identity().isEmpty()) {
      return new HandshakeFailure(
          Reason.CLIENT_CERTIFICATE_REQUIRED,
          "The server on "
              + evidence.target()
              + " requires a client certificate, none was given"
              + detail
              + "."
              + issuers(),
          "connect in mode 'mutual' with a certificate from the CA that the server trusts"
              + " ('milvus-tls certs issue --client NAME')");
    }
    X509Certificate own = evidence.identity().get().leaf();
    if (request.isPresent() && !sent && !request.get().takes(own.getPublicKey())) {
      return new HandshakeFailure(
          Reason.CLIENT_CERTIFICATE_REQUIRED,
          "The server on "
              + evidence.target()
              + " requires a client certificate; '"
              + ChainVerdict.name(own)
              + "' was not sent, since its key is "
              + algorithm(own.getPublicKey())
              + " and provider "
              + evidence.asked().provider().map(TlsProvider::id).orElse("auto")
              + " can use "
              + usable(request.get())
              + " with this server.",
          "issue it with another kind of key ('milvus-tls certs issue --client NAME --key"
              + " ecdsa-p256')"
              + (evidence.asked().isBy(TlsProvider.BORINGSSL) ? ", or take provider jdk" : ""));
    }
    if (!sent) {
      return new HandshakeFailure(
          Reason.CLIENT_CERTIFICATE_REQUIRED,
          "The server on "
              + evidence.target()
              + " requires a client certificate; '"
              + ChainVerdict.name(own)
              + "' was not sent, since its issuer '"
              + own.getIssuerX500Principal().getName()
              + "' is not one that the server accepts."
              + issuers(),
          "take a certificate from an issuer that the server accepts, and give the whole chain,"
              + " leaf first, then intermediate");
    }
    return new HandshakeFailure(
        Reason.CLIENT_CERTIFICATE_REFUSED,
        "The server on "
            + evidence.target()
            + " refused the client certificate '"
            + ChainVerdict.name(own)
            + "'"
            + detail
            + suspicion(own)
            + ".",
        remedy(own));
  }

  private static String algorithm(PublicKey key) {
    return key instanceof EdECKey edwards ? edwards.getParams().getName() : key.getAlgorithm();
  }

  /** The key types, without those that also name the issuer's key. */
  private static String usable(ClientCertificateRequest request) {
    return request.keyTypes().stream()
        .filter(type -> !type.contains("_"))
        .collect(Collectors.joining(", "));
  }

  private String suspicion(X509Certificate own) {
    if (hasExpired(own)) {
      Instant until = own.getNotAfter().toInstant();
      return ": it expired on "
          + until
          + ", "
          + ChainVerdict.words(Duration.between(until, evidence.at()))
          + " ago";
    }
    if (isEarly(own)) {
      Instant from = own.getNotBefore().toInstant();
      return ": it is valid only from "
          + from
          + ", in "
          + ChainVerdict.words(Duration.between(evidence.at(), from));
    }
    return mayBeClient(own) ? "" : ": its extended key usage lacks clientAuth";
  }

  private String remedy(X509Certificate own) {
    if (hasExpired(own)) {
      return "renew it with 'milvus-tls certs renew'; if the date seems right, check the clocks of"
          + " this machine ("
          + evidence.at()
          + ") and of the server";
    }
    if (isEarly(own)) {
      return "check the clocks of this machine ("
          + evidence.at()
          + "), of the server and of the machine that issued the certificate";
    }
    return mayBeClient(own)
        ? "its issuer must be in tls.caPemPath of the server; look into the log of the server"
        : "issue a client certificate: 'milvus-tls certs issue --client NAME'";
  }

  private boolean hasExpired(X509Certificate own) {
    return evidence.at().isAfter(own.getNotAfter().toInstant());
  }

  private boolean isEarly(X509Certificate own) {
    return evidence.at().isBefore(own.getNotBefore().toInstant());
  }

  private static boolean mayBeClient(X509Certificate own) {
    try {
      List<String> usages = own.getExtendedKeyUsage();
      return usages == null || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
    } catch (CertificateParsingException unreadable) {
      return false;
    }
  }

  private String issuers() {
    return evidence
        .certificateRequest()
        .map(ClientCertificateRequest::acceptedIssuers)
        .filter(names -> !names.isEmpty())
        .map(names -> " Accepted issuers: " + String.join("; ", names) + ".")
        .orElse("");
  }
}
