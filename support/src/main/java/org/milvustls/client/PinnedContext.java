package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSessionContext;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.ProviderLimits;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsSettings;

/**
 * A JDK context with two settings that Netty 4.1 has no option for: named groups, and no
 * resumption. JSSE finds a client session by the host and port of the engine, which it calls hints
 * for session reuse ({@code SSLContext.createSSLEngine(String, int)}). With a different port for
 * each engine it finds none, in TLS 1.2 and 1.3 alike, at no cost.
 */
final class PinnedContext extends SslContext {
  private final SslContext jdk;
  private final List<NamedGroup> groups;
  private final boolean neverResume;
  private final AtomicInteger engines = new AtomicInteger();

  PinnedContext(SslContext jdk, TlsSettings settings) {
    this.jdk = jdk;
    this.groups = settings.namedGroups();
    this.neverResume = settings.resumption() == Resumption.NEVER;
    if (neverResume) {
      jdk.sessionContext().setSessionCacheSize(1);
    }
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    int hint = neverResume ? engines.incrementAndGet() : port;
    return pinned(jdk.newEngine(allocator, host, hint));
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return pinned(jdk.newEngine(allocator));
  }

  private SSLEngine pinned(SSLEngine engine) {
    if (!groups.isEmpty()) {
      SSLParameters parameters = engine.getSSLParameters();
      ProviderLimits.applyJdkGroups(parameters, groups);
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  @Override
  public boolean isClient() {
    return true;
  }

  @Override
  public List<String> cipherSuites() {
    return jdk.cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // Netty deprecates the type but still requires it
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return jdk.applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return jdk.sessionContext();
  }
}
