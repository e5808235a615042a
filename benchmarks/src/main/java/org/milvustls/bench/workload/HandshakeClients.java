package org.milvustls.bench.workload;

import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.tls.Identity;
import org.milvustls.tls.NamedGroup;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** Makes the client of a cell, or throws with the reason why there is none. */
final class HandshakeClients {
  /** Host and port are the key of a client's session cache. */
  static final int PORT = 19530;

  private HandshakeClients() {}

  /**
   * A client with the settings of the cell.
   *
   * @param identity shown in mode mutual only
   * @throws MilvusTlsException of usage for what is not available here
   */
  static HandshakeClient of(Cell cell, TrustSource trust, Optional<Identity> identity) {
    Cell.Tls tls = cell.tls().orElseThrow();
    if (tls.namedGroup() == NamedGroup.X25519MLKEM768 && tls.server() == TlsProvider.JDK) {
      throw notAvailable("the server in memory is the JDK's, and the JDK lacks the group", tls);
    }
    ClientLibrary library = ClientLibraries.of(tls.provider());
    Optional<String> limit = library.limit(cell.mode(), tls);
    if (limit.isPresent()) {
      throw notAvailable(limit.get(), tls);
    }
    TlsSettings settings =
        AskedTls.of(cell, library.settingsOf(), trust, identity, Optional.empty());
    return library.open(tls, settings);
  }

  static MilvusTlsException notAvailable(String reason, Cell.Tls tls) {
    return MilvusTlsException.usage(reason)
        .seen(
            String.join(
                ", ",
                tls.provider().id(),
                tls.protocol().id(),
                tls.namedGroup().id(),
                tls.keyType().id(),
                tls.resumption().id()))
        .build();
  }
}
