package org.milvustls.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.milvustls.MilvusTlsException;

/**
 * One TLS context of the current Netty for given settings, and its engines. Every client engine
 * verifies the host name. Engines of the JDK and of BoringSSL check the chain of the peer with the
 * same PKIX trust manager of the JVM. Both get the key from {@code SunX509}, which keeps it
 * decrypted.
 *
 * <pre>{@code
 * try (NettyTls client = NettyTls.client(settings)) {
 *   SSLEngine engine = client.newEngine("localhost", 19530);
 *   ...
 * }
 * }</pre>
 */
public final class NettyTls implements AutoCloseable {
  private static final List<String> ALPN = List.of("h2");
  private static final AutomaticProvider AUTOMATIC =
      new AutomaticProvider(
          () ->
              Optional.ofNullable(OpenSsl.unavailabilityCause())
                  .map(why -> "BoringSSL of Netty does not load (" + why.getMessage() + ")"));

  /**
   * Eight days in seconds. A ticket lives seven days at most (RFC 8446 section 4.6.1); with a
   * longer session timeout the JDK neither makes tickets nor keeps those it gets.
   */
  private static final int LONGER_THAN_A_TICKET_MAY_LIVE = 8 * 24 * 3600;

  private final SslContext context;
  private final TlsMaterial material;
  private final TlsProvider provider;
  private final List<NamedGroup> groups;
  private final Resumption resumption;
  private final AtomicInteger engines = new AtomicInteger();

  private NettyTls(
      SslContext context,
      TlsMaterial material,
      TlsProvider provider,
      List<NamedGroup> groups,
      Resumption resumption) {
    this.context = context;
    this.material = material;
    this.provider = provider;
    this.groups = groups;
    this.resumption = resumption;
    limitSessions();
  }

  /**
   * The reason why the provider of the current Netty does not support these settings, if any. A
   * value for planners; the factories throw it.
   */
  public static Optional<MilvusTlsException> refusal(TlsSettings asked) {
    TlsSettings settings = AUTOMATIC.completing(asked);
    if (settings.isBy(TlsProvider.BORINGSSL) && !OpenSsl.isAvailable()) {
      return Optional.of(
          MilvusTlsException.failure("BoringSSL of the current Netty does not load")
              .seen(String.valueOf(OpenSsl.unavailabilityCause()))
              .next("put netty-tcnative-boringssl-static for this platform on the class path")
              .build());
    }
    return ProviderLimits.refusal(settings, supportedSuites(settings.isBy(TlsProvider.BORINGSSL)));
  }

  /** A context for clients; throws for settings that the provider does not support. */
  public static NettyTls client(TlsSettings settings) {
    return client(settings, TlsMaterial.load(settings));
  }

  /** As {@link #client(TlsSettings)}, with material read before. */
  public static NettyTls client(TlsSettings asked, TlsMaterial material) {
    if (!asked.mode().isEncrypted()) {
      throw MilvusTlsException.usage("plaintext has no TLS context").build();
    }
    throwIf(refusal(asked));
    TlsSettings settings = AUTOMATIC.completing(asked);
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .trustManager(material.trustManager())
            .endpointIdentificationAlgorithm("HTTPS");
    if (settings.isBy(TlsProvider.BORINGSSL)) {
      builder.keyManager(cached(material));
    } else {
      builder.keyManager(material.keyManager());
    }
    return new NettyTls(
        build(builder, settings),
        material,
        settings.provider().orElseThrow(),
        settings.namedGroups(),
        settings.resumption());
  }

  /** A context for a server in the same process. */
  public static NettyTls server(ServerTls server) {
    TlsSettings asked = server.asked();
    throwIf(refusal(asked));
    TlsMaterial material =
        TlsMaterial.load(server.clientTrust(), Optional.of(server.identity()), Clock.systemUTC());
    SslContextBuilder builder =
        server.provider() == TlsProvider.BORINGSSL
            ? SslContextBuilder.forServer(cached(material))
            : SslContextBuilder.forServer(material.keyManager());
    if (server.clientTrust().isPresent()) {
      builder.clientAuth(ClientAuth.REQUIRE).trustManager(material.trustManager());
    }
    return new NettyTls(
        build(builder, asked),
        material,
        server.provider(),
        server.namedGroups(),
        server.resumption());
  }

  /**
   * A client engine for one connection; pass it to {@link #release} at the end.
   *
   * @param host name or address that the server's certificate must have
   * @param port of the server; with the host it is the key of a session that may be resumed
   */
  public SSLEngine newEngine(String host, int port) {
    return pinned(context.newEngine(ByteBufAllocator.DEFAULT, host, sessionPort(port)));
  }

  /** A server engine for one connection; pass it to {@link #release} at the end. */
  public SSLEngine newServerEngine() {
    return pinned(context.newEngine(ByteBufAllocator.DEFAULT));
  }

  /** Netty's context, for pipelines. */
  public SslContext context() {
    return context;
  }

  /** The certificates and keys in use. */
  public TlsMaterial material() {
    return material;
  }

  public TlsProvider provider() {
    return provider;
  }

  /**
   * Frees the native memory of a BoringSSL engine, which has no finalizer; does nothing for a JDK
   * engine. Netty's {@code SslHandler} does this itself.
   */
  public static void release(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }

  /** Frees native memory; engines that are still open stay usable until they are released. */
  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }

  /** Version of BoringSSL's Java binding, or of the JDK, for reports. */
  public static String describe(TlsProvider provider) {
    return provider == TlsProvider.BORINGSSL
        ? "BoringSSL (netty-tcnative " + NettyVersions.tcnative() + ")"
        : "JDK " + Runtime.version() + " SunJSSE";
  }

  /**
   * A JDK client finds a session by the host and port of its engine, which JSSE calls hints. With a
   * different port for each engine it never finds a session, in TLS 1.2 and 1.3 alike.
   */
  private int sessionPort(int port) {
    return resumption == Resumption.NEVER && provider == TlsProvider.JDK
        ? engines.incrementAndGet()
        : port;
  }

  private SSLEngine pinned(SSLEngine engine) {
    if (provider == TlsProvider.JDK && !groups.isEmpty()) {
      SSLParameters parameters = engine.getSSLParameters();
      ProviderLimits.applyJdkGroups(parameters, groups);
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  private void limitSessions() {
    boolean never = resumption == Resumption.NEVER;
    if (context instanceof ReferenceCountedOpenSslContext boringSsl) {
      boringSsl.sessionContext().setSessionCacheEnabled(!never);
      NativeTickets.set(boringSsl, !never);
    } else if (never) {
      context.sessionContext().setSessionCacheSize(1);
      context.sessionContext().setSessionTimeout(LONGER_THAN_A_TICKET_MAY_LIVE);
    }
  }

  private static KeyManagerFactory cached(TlsMaterial material) {
    return new OpenSslCachingX509KeyManagerFactory(material.keyManagerFactory());
  }

  private static SslContext build(SslContextBuilder builder, TlsSettings settings) {
    boolean boringSsl = settings.isBy(TlsProvider.BORINGSSL);
    builder
        .sslProvider(boringSsl ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ALPN));
    if (!settings.protocols().isEmpty()) {
      builder.protocols(settings.protocols().stream().map(TlsProtocol::jsseName).toList());
    }
    if (!settings.cipherSuites().isEmpty()) {
      builder.ciphers(settings.cipherSuites());
    }
    if (boringSsl && !settings.namedGroups().isEmpty()) {
      builder.option(
          OpenSslContextOption.GROUPS,
          settings.namedGroups().stream().map(NamedGroup::boringSslName).toArray(String[]::new));
    }
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw MilvusTlsException.failure("no TLS context can be made of these settings")
          .seen(settings)
          .cause(e)
          .build();
    }
  }

  private static Set<String> supportedSuites(boolean boringSsl) {
    if (boringSsl) {
      return OpenSsl.availableJavaCipherSuites();
    }
    try {
      return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no default TLS context", e);
    }
  }

  private static void throwIf(Optional<MilvusTlsException> refusal) {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }
}
