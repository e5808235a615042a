package org.milvustls.bench.workload;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.milvustls.bench.scenario.ClientProvider;
import org.milvustls.tls.TlsProvider;

/** The compared TLS implementations. */
public final class ClientLibraries {
  private static final Map<ClientProvider, ClientLibrary> ALL =
      new EnumMap<>(
          Map.of(
              ClientProvider.JDK, new NettyLibrary(TlsProvider.JDK),
              ClientProvider.BORINGSSL, new NettyLibrary(TlsProvider.BORINGSSL),
              ClientProvider.BORINGSSL_SDK, new SdkLibrary(),
              ClientProvider.JDK_ACCP, new AccpLibrary(),
              ClientProvider.CONSCRYPT, new ConscryptLibrary(),
              ClientProvider.BOUNCY_CASTLE, new BouncyCastleLibrary()));

  private ClientLibraries() {}

  static ClientLibrary of(ClientProvider provider) {
    return Objects.requireNonNull(ALL.get(provider), provider.id());
  }

  /** The version of each, by its key in {@code environment.json}. */
  public static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    Arrays.stream(ClientProvider.values())
        .map(ClientLibraries::of)
        .forEach(library -> versions.put(library.versionKey(), library.version()));
    return versions;
  }
}
