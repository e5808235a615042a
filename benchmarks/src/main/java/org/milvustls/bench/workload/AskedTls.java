package org.milvustls.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.pki.KeyType;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.Resumption;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProtocol;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** The TLS settings of a cell's client, pinned wherever the provider allows it. */
final class AskedTls {
  private AskedTls() {}

  /**
   * Settings of a client.
   *
   * @param cell one with TLS
   * @param identity shown in mode mutual only
   * @param serverName name in the server's certificate, where it is not the host connected to
   */
  static TlsSettings of(
      Cell cell, TrustSource trust, Optional<Identity> identity, Optional<String> serverName) {
    TlsProvider provider = cell.tls().orElseThrow().provider().ofLibrary().orElseThrow();
    return of(cell, provider, trust, identity, serverName);
  }

  /** The same for a provider of the library in place of the cell's. */
  static TlsSettings of(
      Cell cell,
      TlsProvider provider,
      TrustSource trust,
      Optional<Identity> identity,
      Optional<String> serverName) {
    Cell.Tls tls = cell.tls().orElseThrow();
    TlsSettings.Builder builder =
        TlsSettings.builder(cell.mode())
            .provider(provider)
            .resumption(tls.resumption().resumes() ? Resumption.OFFERED : Resumption.NEVER)
            .protocols(tls.protocol())
            .namedGroups(groups(tls).toArray(NamedGroup[]::new))
            .trust(trust);
    if (takesCipherSuite(provider, tls)) {
      builder.cipherSuites(tls.ianaCipherSuite());
    }
    if (cell.mode() == TlsMode.MUTUAL) {
      identity.ifPresent(builder::identity);
    }
    serverName.ifPresent(builder::serverName);
    return builder.build();
  }

  /**
   * BoringSSL always offers its three cipher suites of TLS 1.3. There the server decides, and
   * {@link Facts} checks the result.
   */
  private static boolean takesCipherSuite(TlsProvider provider, Cell.Tls tls) {
    return provider == TlsProvider.JDK || tls.protocol() == TlsProtocol.TLS_1_2;
  }

  /**
   * The cell's group first. TLS 1.2 with an elliptic-curve certificate also needs the curve of its
   * key in the list (RFC 8422 section 5.1). This costs nothing, because TLS 1.2 sends no key with
   * the list.
   */
  static List<NamedGroup> groups(Cell.Tls tls) {
    List<NamedGroup> groups = new ArrayList<>(List.of(tls.namedGroup()));
    if (tls.protocol() == TlsProtocol.TLS_1_2) {
      curve(tls.keyType()).filter(curve -> curve != tls.namedGroup()).ifPresent(groups::add);
    }
    return List.copyOf(groups);
  }

  private static Optional<NamedGroup> curve(KeyType type) {
    return switch (type) {
      case ECDSA_P256 -> Optional.of(NamedGroup.SECP256R1);
      case ECDSA_P384 -> Optional.of(NamedGroup.SECP384R1);
      case ED25519, RSA_2048, RSA_3072, RSA_4096 -> Optional.empty();
    };
  }
}
