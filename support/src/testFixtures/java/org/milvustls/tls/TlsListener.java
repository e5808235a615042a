package org.milvustls.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Opens TLS listeners of the JDK on {@code localhost}. The caller accepts and answers. */
public final class TlsListener {
  private static final char[] NO_PASSWORD = new char[0];

  private TlsListener() {}

  /**
   * Listens on a free port.
   *
   * @param clientCa CA of accepted clients
   * @param clientRequired whether a client without a certificate is refused
   */
  public static SSLServerSocket open(
      PrivateKey key, List<X509Certificate> chain, X509Certificate clientCa, boolean clientRequired)
      throws GeneralSecurityException, IOException {
    KeyStore store = store(key, chain);
    store.setCertificateEntry("clients", clientCa);
    return open(keyManagers(store)[0], store, clientRequired);
  }

  /** The same with a given key manager; trusts the certificates in the store. */
  public static SSLServerSocket open(KeyManager keys, KeyStore trusted, boolean clientRequired)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, trust.getTrustManagers(), null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("localhost"));
    listener.setNeedClientAuth(clientRequired);
    return listener;
  }

  /** A store in memory with one key and its chain. */
  public static KeyStore store(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    return store;
  }

  /** The key managers for a store. */
  public static KeyManager[] keyManagers(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }
}
