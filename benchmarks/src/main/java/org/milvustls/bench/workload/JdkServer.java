package org.milvustls.bench.workload;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.ProviderLimits;
import org.milvustls.tls.TlsMode;

/**
 * The peer of handshakes in memory, except for named groups that the JDK lacks. The same server for
 * all clients adds the same cost to each. It pins the settings of the cell, because BoringSSL
 * clients cannot pin a cipher suite of TLS 1.3. It issues tickets or keeps sessions in resumed
 * cells only, and shows the given chain.
 */
final class JdkServer implements HandshakeServer {
  /** With a lifetime above 7 days (RFC 8446 section 4.6.1) the JDK makes no ticket. */
  private static final int NO_TICKETS_SECONDS = 8 * 24 * 3600;

  private static final String TICKETS = "jdk.tls.server.enableSessionTicketExtension";

  private final SSLContext context;
  private final SSLParameters parameters;
  private final ShownLeaf leaf;

  private JdkServer(SSLContext context, SSLParameters parameters, ShownLeaf leaf) {
    this.context = context;
    this.parameters = parameters;
    this.leaf = leaf;
  }

  static JdkServer of(
      Cell.Tls tls, TlsMode mode, List<NamedGroup> groups, HandshakeCertificates certificates) {
    ShownLeaf leaf = new ShownLeaf(certificates.serverKey());
    try {
      SSLContext context = context(tls.resumption());
      context.init(new KeyManager[] {leaf}, trusting(certificates.rootCertificate()), null);
      if (!tls.resumption().resumes()) {
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
        context.getServerSessionContext().setSessionCacheSize(1);
      }
      SSLParameters parameters = context.getDefaultSSLParameters();
      parameters.setProtocols(new String[] {tls.protocol().jsseName()});
      parameters.setCipherSuites(new String[] {tls.ianaCipherSuite()});
      parameters.setApplicationProtocols(new String[] {"h2"});
      parameters.setNeedClientAuth(mode == TlsMode.MUTUAL);
      ProviderLimits.applyJdkGroups(parameters, groups);
      return new JdkServer(context, parameters, leaf);
    } catch (GeneralSecurityException e) {
      throw new WorkloadException("the JDK makes no TLS server for " + tls, e);
    }
  }

  /**
   * A context that keeps its sessions itself or puts them into tickets. The JDK has one property
   * for the whole JVM and reads it when a context is made, so it is set for that moment.
   */
  private static SSLContext context(SessionReuse reuse) throws GeneralSecurityException {
    synchronized (JdkServer.class) {
      String before = System.getProperty(TICKETS);
      System.setProperty(TICKETS, String.valueOf(reuse != SessionReuse.SESSION_ID));
      try {
        return SSLContext.getInstance("TLS");
      } finally {
        if (before == null) {
          System.clearProperty(TICKETS);
        } else {
          System.setProperty(TICKETS, before);
        }
      }
    }
  }

  private static TrustManager[] trusting(X509Certificate root) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("an empty key store reads nothing", e);
    }
    store.setCertificateEntry("root", root);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  @Override
  public SSLEngine newEngine(List<X509Certificate> chain) {
    leaf.show(chain);
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** A key manager with one key, whose chain is changed from handshake to handshake. */
  private static final class ShownLeaf extends X509ExtendedKeyManager {
    private static final String ALIAS = "leaf";

    private final PrivateKey key;
    private X509Certificate[] chain = {};

    ShownLeaf(PrivateKey key) {
      this.key = key;
    }

    void show(List<X509Certificate> next) {
      chain = next.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
        String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
      return keyType.equals(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }
}
