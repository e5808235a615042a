package org.milvustls.bench.scenario;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.tls.TlsProvider;

/**
 * The TLS implementation of a cell's client. Connections to Milvus use the two of {@link
 * TlsProvider}, as the library offers them; the others exist in memory only.
 */
public enum ClientProvider {
  /** SunJSSE with the JCA providers of the running JVM. */
  JDK("jdk", "JDK", TlsProvider.JDK, 1_700_000, 0xd55e00),
  /**
   * BoringSSL by netty-tcnative: the current one in memory; to Milvus, the one inside the SDK,
   * which its channels use.
   */
  BORINGSSL("boringssl", "BoringSSL", TlsProvider.BORINGSSL, 900_000, 0x0072b2),
  /** In memory, the BoringSSL inside the SDK, of 2023, by the SDK's relocated Netty. */
  BORINGSSL_SDK("boringssl-sdk", "BoringSSL of the SDK", null, 900_000, 0x56b4e9),
  /** SunJSSE with the Amazon Corretto Crypto Provider in front of the JVM's JCA providers. */
  JDK_ACCP("jdk-accp", "JDK with Corretto Crypto", null, 900_000, 0xe69f00),
  /** Conscrypt: BoringSSL by its own JSSE provider. */
  CONSCRYPT("conscrypt", "Conscrypt", null, 900_000, 0xcc79a7),
  /** Bouncy Castle's JSSE over Bouncy Castle's JCA provider, both in Java. */
  BOUNCY_CASTLE("bctls", "Bouncy Castle", null, 6_000_000, 0x7a5c2e);

  private final String id;
  private final String title;
  private final @Nullable TlsProvider ofLibrary;
  private final long nominalNanos;
  private final int color;

  ClientProvider(
      String id, String title, @Nullable TlsProvider ofLibrary, long nominalNanos, int color) {
    this.id = id;
    this.title = title;
    this.ofLibrary = ofLibrary;
    this.nominalNanos = nominalNanos;
    this.color = color;
  }

  /** The name used in cells. */
  public String id() {
    return id;
  }

  /** Its usual name, for reports. */
  public String title() {
    return title;
  }

  /** The provider in the library; absent for those that exist in memory only. */
  public Optional<TlsProvider> ofLibrary() {
    return Optional.ofNullable(ofLibrary);
  }

  /** Approximate time of both sides of a full handshake, in ns. */
  long nominalNanos() {
    return nominalNanos;
  }

  /** Its colour in charts, as 0xRRGGBB: of Okabe and Ito's palette, for any colour vision. */
  public int color() {
    return color;
  }

  @Override
  public String toString() {
    return id;
  }
}
