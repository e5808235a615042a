package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsSettings;

/**
 * TLS engines of the SDK's own Netty without a channel, for tests and benchmarks in memory. They
 * verify host names, as gRPC does.
 */
public final class SdkEngines implements AutoCloseable {
  private final SslContext context;

  private SdkEngines(SslContext context) {
    this.context = context;
  }

  /** Engines with these settings; throws for unsupported settings. */
  public static SdkEngines of(TlsSettings settings) {
    return new SdkEngines(GrpcTls.context(settings, TlsMaterial.load(settings)));
  }

  /** A client engine; pass it to {@link #release} at the end. */
  public SSLEngine newEngine(String host, int port) {
    SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT, host, port);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Frees the native memory of an engine of BoringSSL. */
  public static void release(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }

  /** The BoringSSL in use, with its version. */
  public static String describe() {
    return BundledBoringSsl.describe();
  }

  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
