package org.milvustls.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain of a server was not accepted. Carries what is needed to say why: the chain itself, the
 * name that was asked for, and what was trusted. Both Nettys hand it on as a cause.
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

  /** What the server sent, its leaf first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The host name or address that the certificate should have had. */
  public Optional<String> nameAsked() {
    return Optional.ofNullable(nameAsked);
  }

  /** The certificates that were trusted. */
  public List<X509Certificate> anchors() {
    return anchors;
  }
}
