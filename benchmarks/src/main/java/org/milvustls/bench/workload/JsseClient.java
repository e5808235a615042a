package org.milvustls.bench.workload;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsSettings;

/**
 * A client of a JSSE provider that is given to JSSE as an object and never installed in the JVM, so
 * that it changes nothing for the other arms.
 */
final class JsseClient implements HandshakeClient {
  private static final int PORT = 19530;

  /**
   * Bouncy Castle tells on stderr which entries of the JVM's security properties it does not know.
   * A field, since java.util.logging forgets the level of a logger that nobody holds.
   */
  private static final Logger BOUNCY_CASTLE_LOG = Logger.getLogger("org.bouncycastle.jsse");

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
    this.description = provider.getName() + " " + provider.getVersionStr();
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
    this.resumes = HandshakeClients.resumes(settings);
    this.direct = direct;
    this.groups = groups;
  }

  static JsseClient of(Cell.Tls tls, TlsSettings settings) {
    try {
      return tls.provider() == ClientProvider.CONSCRYPT
          ? conscrypt(tls, settings)
          : bouncyCastle(settings);
    } catch (GeneralSecurityException e) {
      throw new WorkloadException(tls.provider().title() + " makes no TLS client", e);
    }
  }

  /** Conscrypt pins cipher suites of TLS 1.2 only, and no groups: the server does. */
  private static JsseClient conscrypt(Cell.Tls tls, TlsSettings settings)
      throws GeneralSecurityException {
    try {
      Conscrypt.checkAvailability();
    } catch (LinkageError e) {
      throw MilvusTlsException.usage("Conscrypt has no native library for this platform")
          .seen(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
          .allowed("Linux, macOS and Windows on x86-64")
          .cause(e)
          .build();
    }
    boolean pins = tls.protocol() == TlsProtocol.TLS_1_2;
    return new JsseClient(Conscrypt.newProvider(), settings, true, pins, engine -> {});
  }

  private static JsseClient bouncyCastle(TlsSettings settings) throws GeneralSecurityException {
    BOUNCY_CASTLE_LOG.setLevel(Level.SEVERE);
    // Bouncy Castle takes a signature of ECDSA only when its curve is among the groups, in TLS 1.3
    // too; it sends a key for the first group only.
    String[] names =
        Stream.concat(
                settings.namedGroups().stream(),
                Stream.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1))
            .distinct()
            .map(NamedGroup::id)
            .toArray(String[]::new);
    return new JsseClient(
        new BouncyCastleJsseProvider(new BouncyCastleProvider()),
        settings,
        false,
        true,
        engine -> {
          if (engine instanceof BCSSLEngine bouncyCastle) {
            BCSSLParameters more = bouncyCastle.getParameters();
            more.setNamedGroups(names);
            more.setEarlyKeyShares(new String[] {names[0]});
            bouncyCastle.setParameters(more);
          }
        });
  }

  @Override
  public SSLEngine newEngine(String host) {
    SSLEngine engine = context.createSSLEngine(host, resumes ? PORT : ++engines);
    engine.setUseClientMode(true);
    engine.setSSLParameters(parameters);
    groups.accept(engine);
    return engine;
  }

  @Override
  public boolean direct() {
    return direct;
  }

  /** Conscrypt, which alone of them takes direct buffers, is in C and has finalizers. */
  @Override
  public boolean freesOnRelease() {
    return !direct;
  }

  @Override
  public String describe() {
    return description;
  }
}
