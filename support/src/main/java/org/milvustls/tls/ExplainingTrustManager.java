package org.milvustls.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's PKIX trust manager, with the rejected chain in its exceptions. It makes no decision
 * itself. For an accepted chain it adds no cost.
 */
final class ExplainingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager pkix;

  ExplainingTrustManager(X509ExtendedTrustManager pkix) {
    this.pkix = pkix;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      pkix.checkServerTrusted(chain, authType, engine);
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw rejected(chain, engine.getPeerHost(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      pkix.checkServerTrusted(chain, authType, socket);
      chain[0].checkValidity();
    } catch (CertificateException e) {
      String host =
          socket instanceof SSLSocket tls && tls.getHandshakeSession() != null
              ? tls.getHandshakeSession().getPeerHost()
              : null;
      throw rejected(chain, host, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    try {
      pkix.checkServerTrusted(chain, authType);
      chain[0].checkValidity();
    } catch (CertificateException e) {
      throw rejected(chain, null, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    pkix.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    pkix.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    pkix.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return pkix.getAcceptedIssuers();
  }

  private CertificateRejectedException rejected(
      X509Certificate[] chain, @Nullable String host, CertificateException cause) {
    return new CertificateRejectedException(
        List.of(chain), host, List.of(pkix.getAcceptedIssuers()), cause);
  }
}
