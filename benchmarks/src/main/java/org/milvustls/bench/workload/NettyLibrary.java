package org.milvustls.bench.workload;

import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.NettyTls;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** The JDK, or BoringSSL by netty-tcnative, with engines of the current Netty. */
record NettyLibrary(TlsProvider settingsOf) implements ClientLibrary {

  @Override
  public Optional<String> limit(TlsMode mode, Cell.Tls tls) {
    return isBoringSsl() ? boringSslLimit(tls) : Optional.empty();
  }

  /** The limits of clients on BoringSSL, with any Netty. */
  static Optional<String> boringSslLimit(Cell.Tls tls) {
    return tls.keyType() == KeyType.ED25519
        ? Optional.of("clients on BoringSSL accept no Ed25519 certificate")
        : Optional.empty();
  }

  @Override
  public HandshakeClient open(Cell.Tls tls, TlsSettings settings) {
    NettyTls context = NettyTls.client(settings);
    return new NettyEngines(
        host -> context.newEngine(host, HandshakeClients.PORT),
        NettyTls::release,
        isBoringSsl(),
        version(),
        context::close);
  }

  private boolean isBoringSsl() {
    return settingsOf == TlsProvider.BORINGSSL;
  }

  /**
   * Accepts the BoringSSL inside the SDK too, which channels to Milvus use and which has another
   * name.
   */
  @Override
  public boolean isNamed(String provider) {
    return isBoringSsl() ? provider.startsWith("BoringSSL (") : provider.equals(version());
  }

  @Override
  public String versionKey() {
    return "tls." + settingsOf.id();
  }

  @Override
  public String version() {
    return NettyTls.describe(settingsOf);
  }
}
