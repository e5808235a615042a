package org.milvustls.bench.workload;

import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.scenario.SessionReuse;
import org.milvustls.client.SdkEngines;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** The BoringSSL inside the SDK, with the SDK's relocated Netty. */
final class SdkLibrary implements ClientLibrary {

  @Override
  public TlsProvider settingsOf() {
    return TlsProvider.BORINGSSL;
  }

  @Override
  public Optional<String> limit(TlsMode mode, Cell.Tls tls) {
    if (tls.resumption() == SessionReuse.TICKET && tls.protocol() == TlsProtocol.TLS_1_3) {
      return Optional.of(
          "the Netty of the SDK (4.1.97) resumes every second TLS 1.3 connection only");
    }
    return NettyLibrary.boringSslLimit(tls);
  }

  @Override
  public HandshakeClient open(Cell.Tls tls, TlsSettings settings) {
    SdkEngines engines = SdkEngines.of(settings);
    return new NettyEngines(
        host -> engines.newEngine(host, HandshakeClients.PORT),
        SdkEngines::release,
        true,
        version(),
        engines::close);
  }

  @Override
  public boolean isNamed(String provider) {
    return provider.equals(version());
  }

  @Override
  public String versionKey() {
    return "tls.boringssl-in-sdk";
  }

  @Override
  public String version() {
    return SdkEngines.describe();
  }
}
