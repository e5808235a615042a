package org.milvustls.bench.workload;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/**
 * SunJSSE with the Amazon Corretto Crypto Provider in front. SunJSSE takes its algorithms from the
 * JVM's list of providers. A provider installed there would change every other arm. The JDK can set
 * a list for one thread ({@code sun.security.jca.Providers.beginThreadProviderList}). That list is
 * in force only while this client works.
 */
final class AccpClient implements HandshakeClient {
  static final String DESCRIPTION =
      NettyTls.describe(TlsProvider.JDK)
          + " with ACCP "
          + AmazonCorrettoCryptoProvider.INSTANCE.getVersionStr();

  private final NettyTls context;
  private final Object list;
  private final Method begin;
  private final Method end;
  private @Nullable Object before;

  private AccpClient(NettyTls context, Object list, Method begin, Method end) {
    this.context = context;
    this.list = list;
    this.begin = begin;
    this.end = end;
  }

  static AccpClient of(TlsSettings settings) {
    Throwable missing = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (missing != null) {
      throw MilvusTlsException.usage(
              "the Amazon Corretto Crypto Provider has no native library for this platform")
          .seen(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
          .allowed("Linux on x86-64")
          .cause(missing)
          .build();
    }
    try {
      Class<?> providers = Class.forName("sun.security.jca.Providers");
      Class<?> type = Class.forName("sun.security.jca.ProviderList");
      Object all = providers.getMethod("getFullProviderList").invoke(null);
      Object list =
          type.getMethod("insertAt", type, Provider.class, int.class)
              .invoke(null, all, AmazonCorrettoCryptoProvider.INSTANCE, 0);
      AccpClient client =
          new AccpClient(
              NettyTls.client(settings),
              list,
              providers.getMethod("beginThreadProviderList", type),
              providers.getMethod("endThreadProviderList", type));
      client.requireInForce();
      return client;
    } catch (IllegalAccessException e) {
      throw MilvusTlsException.usage("this JVM gives no thread a list of JCA providers of its own")
          .next("start it with --add-exports=java.base/sun.security.jca=ALL-UNNAMED")
          .cause(e)
          .build();
    } catch (ReflectiveOperationException e) {
      throw MilvusTlsException.usage("this JVM keeps its JCA providers elsewhere")
          .seen(Runtime.version())
          .cause(e)
          .build();
    }
  }

  /** Checks that the algorithms come from the provider; otherwise the arm would measure the JDK. */
  private void requireInForce() {
    enter();
    try {
      Provider used = Signature.getInstance("SHA256withECDSA").getProvider();
      if (!used.getClass().equals(AmazonCorrettoCryptoProvider.class)) {
        throw new WorkloadException("signatures come from " + used.getName());
      }
    } catch (GeneralSecurityException e) {
      throw new WorkloadException("no provider has SHA256withECDSA", e);
    } finally {
      leave();
    }
  }

  @Override
  public SSLEngine newEngine(String host) {
    return context.newEngine(host, HandshakeClients.PORT);
  }

  @Override
  public boolean freesOnRelease() {
    return false;
  }

  @Override
  public void enter() {
    before = call(begin, list);
  }

  @Override
  public void leave() {
    call(end, before);
    before = null;
  }

  private static @Nullable Object call(Method method, @Nullable Object argument) {
    try {
      return method.invoke(null, argument);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new WorkloadException("the list of JCA providers cannot be changed", e);
    }
  }

  @Override
  public String describe() {
    return DESCRIPTION;
  }

  @Override
  public void close() {
    context.close();
  }
}
