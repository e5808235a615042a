package org.milvustls.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a server was rejected. Contains the data for an explanation: the chain, the
 * requested name and the trust anchors. Both Nettys pass it on as a cause.
 */
public final class CertificateRejectedException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final transient List<X509Certificate> chain;
  private final @Nullable String nameAsked;
  private final transient List<X509Certificate> anchors;

  CertificateRejectedException(
      List<X509Certificate> chain,
      @Nullable String nameAsked,
      List<X509Certificate> anchors,
      CertificateException cause) {
    super(cause.getMessage(), cause);
    this.chain = List.copyOf(chain);
    this.nameAsked = nameAsked;
    this.anchors = List.copyOf(anchors);
  }

  /** The chain of the server, leaf first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The host name or address that the certificate should have had. */
  public Optional<String> nameAsked() {
    return Optional.ofNullable(nameAsked);
  }

  /** The trust anchors. */
  public List<X509Certificate> anchors() {
    return anchors;
  }
}
