package org.milvustls.client;

import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.OpenSsl;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.internal.tcnative.SSL;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.internal.tcnative.SSLContext;
import java.lang.reflect.Field;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.ProviderLimits;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsMaterial;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * The only factory of contexts of the SDK's relocated Netty (4.1). That Netty has no option for
 * named groups. For BoringSSL they are set on the native context, for the JDK on each engine (see
 * {@link PinnedContext}).
 */
final class GrpcTls {
  private GrpcTls() {}

  /** The reason why the provider inside the SDK does not support these settings, if any. */
  static Optional<MilvusTlsException> refusal(TlsSettings asked) {
    if (!asked.mode().isEncrypted()) {
      return Optional.empty();
    }
    TlsSettings settings = BundledBoringSsl.AUTOMATIC.completing(asked);
    boolean boringSsl = settings.isBy(TlsProvider.BORINGSSL);
    Optional<MilvusTlsException> missing =
        boringSsl ? BundledBoringSsl.unavailable() : Optional.empty();
    return missing
        .or(() -> ProviderLimits.refusal(settings, supportedSuites(boringSsl)))
        .or(() -> boringSsl ? unknownToThisBoringSsl(settings) : Optional.empty());
  }

  /** A context for any number of connections to one server; throws for unsupported settings. */
  static SslContext context(TlsSettings asked, TlsMaterial material) {
    Optional<MilvusTlsException> refusal = refusal(asked);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    TlsSettings settings = BundledBoringSsl.AUTOMATIC.completing(asked);
    boolean boringSsl = settings.isBy(TlsProvider.BORINGSSL);
    SslContextBuilder builder =
        GrpcSslContexts.configure(
                SslContextBuilder.forClient(), boringSsl ? SslProvider.OPENSSL : SslProvider.JDK)
            .trustManager(material.trustManager());
    if (boringSsl) {
      builder.sslProvider(SslProvider.OPENSSL_REFCNT);
      builder.keyManager(new OpenSslCachingX509KeyManagerFactory(material.keyManagerFactory()));
    } else {
      builder.keyManager(material.keyManager());
    }
    if (!settings.protocols().isEmpty()) {
      builder.protocols(
          settings.protocols().stream().map(TlsProtocol::jsseName).toArray(String[]::new));
    }
    if (!settings.cipherSuites().isEmpty()) {
      builder.ciphers(settings.cipherSuites());
    }
    try {
      SslContext context = builder.build();
      if (context instanceof ReferenceCountedOpenSslContext nativeContext) {
        tune(nativeContext, settings);
        return context;
      }
      return new PinnedContext(context, settings);
    } catch (SSLException | IllegalArgumentException e) {
      throw MilvusTlsException.failure("no TLS context can be made of these settings")
          .seen(settings)
          .cause(e)
          .build();
    }
  }

  private static void tune(ReferenceCountedOpenSslContext context, TlsSettings settings) {
    long number = nativeNumber(context);
    if (!settings.namedGroups().isEmpty()) {
      String[] groups =
          settings.namedGroups().stream().map(NamedGroup::boringSslName).toArray(String[]::new);
      if (!SSLContext.setCurvesList(number, groups)) {
        throw new IllegalStateException("BoringSSL refused the groups " + List.of(groups));
      }
    }
    boolean offered = settings.resumption() == Resumption.OFFERED;
    context.sessionContext().setSessionCacheEnabled(offered);
    if (offered) {
      SSLContext.clearOptions(number, SSL.SSL_OP_NO_TICKET);
    } else {
      SSLContext.setOptions(number, SSL.SSL_OP_NO_TICKET);
    }
  }

  /**
   * The context number for calls of tcnative, from a protected field. ({@code sslCtxPointer()} is
   * another number: the calls used here crash with it.)
   */
  private static long nativeNumber(ReferenceCountedOpenSslContext context) {
    try {
      Field field = ReferenceCountedOpenSslContext.class.getDeclaredField("ctx");
      field.setAccessible(true);
      return field.getLong(context);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the Netty inside " + BundledBoringSsl.describe() + " holds its native context elsewhere",
          e);
    }
  }

  /** The BoringSSL of 2023 in the SDK has the draft group Kyber768, but not ML-KEM. */
  private static Optional<MilvusTlsException> unknownToThisBoringSsl(TlsSettings settings) {
    return settings.namedGroups().contains(NamedGroup.X25519MLKEM768)
        ? Optional.of(
            MilvusTlsException.usage("the BoringSSL inside the Milvus SDK lacks the group")
                .seen(NamedGroup.X25519MLKEM768)
                .allowed("secp256r1, secp384r1, secp521r1, x25519")
                .build())
        : Optional.empty();
  }

  private static Set<String> supportedSuites(boolean boringSsl) {
    if (boringSsl) {
      return OpenSsl.availableJavaCipherSuites();
    }
    try {
      return Set.of(
          javax.net.ssl.SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no default TLS context", e);
    }
  }
}
