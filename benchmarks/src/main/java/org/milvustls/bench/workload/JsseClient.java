package org.milvustls.bench.workload;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsSettings;

/**
 * A client of a JSSE provider. The provider is passed to JSSE as an object and never installed in
 * the JVM, so that it does not affect the other arms.
 */
final class JsseClient implements HandshakeClient {
  private final String description;
  private final SSLContext context;
  private final SSLParameters parameters;
  private final boolean resumes;
  private final boolean direct;
  private final Consumer<SSLEngine> groups;
  private int engines;

  private JsseClient(
      Provider provider,
      TlsSettings settings,
      boolean direct,
      boolean pinsSuites,
      Consumer<SSLEngine> groups)
      throws GeneralSecurityException {
    TlsMaterial material = TlsMaterial.load(settings);
    this.description = describe(provider);
    this.context = SSLContext.getInstance("TLS", provider);
    context.init(
        new KeyManager[] {material.keyManager()},
        new TrustManager[] {new AnyAuthType(material.trustManager())},
        null);
    this.parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(
        settings.protocols().stream().map(TlsProtocol::jsseName).toArray(String[]::new));
    if (pinsSuites) {
      parameters.setCipherSuites(settings.cipherSuites().toArray(String[]::new));
    }
    parameters.setApplicationProtocols(new String[] {"h2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    this.resumes = settings.resumption() == Resumption.OFFERED;
    this.direct = direct;
    this.groups = groups;
  }

  /**
   * A client.
   *
   * @param direct whether its engines take direct buffers
   * @param pinsSuites whether its cipher suites can be set
   * @param groups sets the named groups of an engine
   */
  static JsseClient of(
      Provider provider,
      TlsSettings settings,
      boolean direct,
      boolean pinsSuites,
      Consumer<SSLEngine> groups) {
    try {
      return new JsseClient(provider, settings, direct, pinsSuites, groups);
    } catch (GeneralSecurityException e) {
      throw new WorkloadException(describe(provider) + " makes no TLS client", e);
    }
  }

  /** Name and version of a provider, as it reports them. */
  static String describe(Provider provider) {
    return provider.getName() + " " + provider.getVersionStr();
  }

  @Override
  public SSLEngine newEngine(String host) {
    SSLEngine engine = context.createSSLEngine(host, resumes ? HandshakeClients.PORT : ++engines);
    engine.setUseClientMode(true);
    engine.setSSLParameters(parameters);
    groups.accept(engine);
    return engine;
  }

  @Override
  public boolean direct() {
    return direct;
  }

  /** False for Conscrypt, the only one with direct buffers: it is in C and has finalizers. */
  @Override
  public boolean freesOnRelease() {
    return !direct;
  }

  @Override
  public String describe() {
    return description;
  }
}
