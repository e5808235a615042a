package org.milvustls.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys of one {@link TlsSettings}, read and parsed once, in a form for both
 * Nettys. The trust manager is the JVM's PKIX, the same for every provider; BoringSSL leaves the
 * check of a chain to it. The key manager is {@code SunX509}, which keeps its keys decrypted;
 * {@code PKIX} ("NewSunX509") decrypts the key again in each handshake.
 */
public final class TlsMaterial {
  private static final char[] NO_PASSWORD = new char[0];

  private final X509ExtendedTrustManager trustManager;
  private final ObservingKeyManager keyManager;
  private final Optional<Identity.Pair> identity;

  private TlsMaterial(
      X509ExtendedTrustManager trustManager,
      ObservingKeyManager keyManager,
      Optional<Identity.Pair> identity) {
    this.trustManager = trustManager;
    this.keyManager = keyManager;
    this.identity = identity;
  }

  /** Reads the files of the settings. An unusable file is a failure that names it. */
  public static TlsMaterial load(TlsSettings settings) {
    return load(settings, Clock.systemUTC());
  }

  /** As {@link #load(TlsSettings)}, with the clock for recorded requests. */
  public static TlsMaterial load(TlsSettings settings, Clock clock) {
    return load(settings.trust(), settings.identity(), clock);
  }

  static TlsMaterial load(Optional<TrustSource> trust, Optional<Identity> identity, Clock clock) {
    Optional<Identity.Pair> pair = identity.map(Identity::load);
    return new TlsMaterial(
        new ExplainingTrustManager(pkix(trust.map(TrustSource::load))),
        new ObservingKeyManager(pair.map(TlsMaterial::sunX509).orElse(null), clock),
        pair);
  }

  /** Checks the chain and the host name of a server. */
  public X509ExtendedTrustManager trustManager() {
    return trustManager;
  }

  /** Provides the client certificate, if there is one and the server accepts its issuer. */
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  /** {@link #keyManager()} in the form for a caching factory of BoringSSL. */
  public KeyManagerFactory keyManagerFactory() {
    return keyManager.asFactory();
  }

  /** The client certificate for a server that requests one, if any. */
  public Optional<Identity.Pair> identity() {
    return identity;
  }

  /** The last request of a server for a client certificate, on any connection. */
  public Optional<ClientCertificateRequest> lastCertificateRequest() {
    return keyManager.lastRequest();
  }

  private static X509ExtendedTrustManager pkix(Optional<List<X509Certificate>> anchors) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(anchors.isPresent() ? storeOf(anchors.get()) : null);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return extended;
        }
      }
      throw new IllegalStateException("the JVM has no PKIX trust manager for X.509");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no PKIX trust manager", e);
    }
  }

  private static X509ExtendedKeyManager sunX509(Identity.Pair pair) {
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "identity", pair.key(), NO_PASSWORD, pair.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, NO_PASSWORD);
      for (KeyManager manager : factory.getKeyManagers()) {
        if (manager instanceof X509ExtendedKeyManager extended) {
          return extended;
        }
      }
      throw new IllegalStateException("the JVM has no SunX509 key manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the pair cannot be given to a key manager", e);
    }
  }

  private static KeyStore storeOf(List<X509Certificate> anchors) throws GeneralSecurityException {
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry("anchor-" + number++, anchor);
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, (char @Nullable []) null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty store reads no file", e);
    }
  }

  @Override
  public String toString() {
    return "TlsMaterial[identity=" + identity + "]";
  }
}
