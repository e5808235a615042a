package org.milvustls.bench.scenario;

import java.util.Optional;
import org.milvustls.tls.TlsProvider;

/**
 * The TLS implementation of a cell's client. Connections to Milvus have the two of {@link
 * TlsProvider}, as the library offers them; the others exist in memory only.
 */
public enum ClientProvider {
  /** SunJSSE with the JCA providers of the running JVM. */
  JDK("jdk", "JDK"),
  /**
   * BoringSSL by netty-tcnative: in memory the current one, to Milvus the one inside the SDK, over
   * which its channels run.
   */
  BORINGSSL("boringssl", "BoringSSL"),
  /** In memory, the BoringSSL inside the SDK, of 2023, by the SDK's relocated Netty. */
  BORINGSSL_SDK("boringssl-sdk", "BoringSSL of the SDK"),
  /** SunJSSE with the Amazon Corretto Crypto Provider in front of the JVM's JCA providers. */
  JDK_ACCP("jdk-accp", "JDK with Corretto Crypto"),
  /** Conscrypt: BoringSSL by its own JSSE provider. */
  CONSCRYPT("conscrypt", "Conscrypt"),
  /** Bouncy Castle's JSSE over Bouncy Castle's JCA provider, both in Java. */
  BOUNCY_CASTLE("bctls", "Bouncy Castle");

  private final String id;
  private final String title;

  ClientProvider(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name used in cells. */
  public String id() {
    return id;
  }

  /** What people call it, for reports. */
  public String title() {
    return title;
  }

  /** The same as the library names it; absent for those that exist in memory only. */
  public Optional<TlsProvider> ofLibrary() {
    return switch (this) {
      case JDK -> Optional.of(TlsProvider.JDK);
      case BORINGSSL -> Optional.of(TlsProvider.BORINGSSL);
      case BORINGSSL_SDK, JDK_ACCP, CONSCRYPT, BOUNCY_CASTLE -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return id;
  }
}
