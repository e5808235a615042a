package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsSettings;

/**
 * TLS engines of the SDK's own Netty without a channel around them: what the SDK's connections do,
 * for tests and benchmarks in memory. Host names are verified, as gRPC does.
 */
public final class SdkEngines implements AutoCloseable {
  private final SslContext context;

  private SdkEngines(SslContext context) {
    this.context = context;
  }

  /** Engines that ask what the settings say; refuses with the reason what cannot be asked. */
  public static SdkEngines of(TlsSettings settings) {
    return new SdkEngines(GrpcTls.context(settings, TlsMaterial.load(settings)));
  }

  /** A client engine; give it to {@link #release} in the end. */
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

  /** The BoringSSL that is used, with its version. */
  public static String describe() {
    return BundledBoringSsl.describe();
  }

  @Override
  public void close() {
    ReferenceCountUtil.release(context);
  }
}
