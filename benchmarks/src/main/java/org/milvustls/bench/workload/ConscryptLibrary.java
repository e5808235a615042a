package org.milvustls.bench.workload;

import java.security.Provider;
import java.util.Optional;
import org.conscrypt.Conscrypt;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Conscrypt: BoringSSL by its own JSSE provider. */
final class ConscryptLibrary implements ClientLibrary {

  @Override
  public TlsProvider settingsOf() {
    return TlsProvider.JDK;
  }

  @Override
  public Optional<String> limit(TlsMode mode, Cell.Tls tls) {
    return NettyLibrary.boringSslLimit(tls);
  }

  /** Conscrypt pins only TLS 1.2 cipher suites; for TLS 1.3 the server pins them. */
  @Override
  public HandshakeClient open(Cell.Tls tls, TlsSettings settings) {
    try {
      Conscrypt.checkAvailability();
    } catch (LinkageError e) {
      throw MilvusTlsException.usage("Conscrypt has no native library for this platform")
          .seen(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
          .allowed("Linux and macOS on x86-64 and aarch64, Windows on x86-64")
          .cause(e)
          .build();
    }
    Provider provider = Conscrypt.newProvider();
    boolean pins = tls.protocol() == TlsProtocol.TLS_1_2;
    String[] groups = settings.namedGroups().stream().map(NamedGroup::id).toArray(String[]::new);
    return JsseClient.of(
        provider, settings, true, pins, engine -> ConscryptGroups.set(engine, groups));
  }

  @Override
  public boolean isNamed(String provider) {
    return provider.startsWith("Conscrypt ");
  }

  @Override
  public String versionKey() {
    return "tls.conscrypt";
  }

  @Override
  public String version() {
    Conscrypt.Version version = Conscrypt.version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }
}
