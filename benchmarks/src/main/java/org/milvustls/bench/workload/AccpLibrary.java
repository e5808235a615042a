package org.milvustls.bench.workload;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** SunJSSE with the Amazon Corretto Crypto Provider in front. */
final class AccpLibrary implements ClientLibrary {

  @Override
  public TlsProvider settingsOf() {
    return TlsProvider.JDK;
  }

  @Override
  public Optional<String> limit(TlsMode mode, Cell.Tls tls) {
    return Optional.empty();
  }

  @Override
  public HandshakeClient open(Cell.Tls tls, TlsSettings settings) {
    return AccpClient.of(settings);
  }

  @Override
  public boolean isNamed(String provider) {
    return provider.equals(AccpClient.DESCRIPTION);
  }

  @Override
  public String versionKey() {
    return "jca.accp";
  }

  @Override
  public String version() {
    return AmazonCorrettoCryptoProvider.INSTANCE.getName()
        + " "
        + AmazonCorrettoCryptoProvider.INSTANCE.getVersionStr();
  }
}
