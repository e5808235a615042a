package org.milvustls.bench.workload;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import org.milvustls.MilvusTlsException;
import org.milvustls.bench.scenario.Cell;
import org.milvustls.bench.workload.Target.Credentials;
import org.milvustls.bench.workload.Target.Endpoint;
import org.milvustls.client.ConnectionEnvironment;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.MilvusConnector;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;
import org.milvustls.tls.TrustSource;

/** Makes the settings of a connection from a cell and a target. */
final class Connections {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private Connections() {}

  /** The endpoint of a server role; a role without a server makes the cell unavailable. */
  static Endpoint endpoint(Target target, String role) {
    Endpoint endpoint = target.servers().get(role);
    if (endpoint == null) {
      throw MilvusTlsException.usage("there is no Milvus in this role")
          .seen(role)
          .allowed(
              target.servers().isEmpty()
                  ? "none"
                  : String.join(", ", new TreeSet<>(target.servers().keySet())))
          .next("name a Milvus of this mode with --endpoint, or let the run start its own")
          .build();
    }
    return endpoint;
  }

  /** A connector with the settings of the cell. */
  static MilvusConnector connector(
      Cell cell, Endpoint endpoint, Optional<Credentials> credentials) {
    return MilvusConnector.of(settings(endpoint, asked(cell, credentials)));
  }

  private static TlsSettings asked(Cell cell, Optional<Credentials> credentials) {
    if (!cell.mode().isEncrypted()) {
      return TlsSettings.plaintext();
    }
    Credentials files = needed(credentials);
    return AskedTls.of(cell, trust(files), identity(files), files.serverName());
  }

  /** A connector with the defaults of the JDK's provider, for work that is not measured. */
  static MilvusConnector unmeasured(Endpoint endpoint, Optional<Credentials> credentials) {
    return MilvusConnector.of(settings(endpoint, defaults(endpoint.mode(), credentials)));
  }

  /** Settings that pin only the provider. */
  static TlsSettings defaults(TlsMode mode, Optional<Credentials> credentials) {
    if (!mode.isEncrypted()) {
      return TlsSettings.plaintext();
    }
    Credentials files = needed(credentials);
    TlsSettings.Builder builder =
        TlsSettings.builder(mode).provider(TlsProvider.JDK).trust(trust(files));
    files.serverName().ifPresent(builder::serverName);
    if (mode == TlsMode.MUTUAL) {
      identity(files).ifPresent(builder::identity);
    }
    return builder.build();
  }

  static ConnectionSettings settings(Endpoint endpoint, TlsSettings tls) {
    ConnectionSettings.Builder builder =
        ConnectionSettings.builder(endpoint.host(), endpoint.port(), tls)
            .connectTimeout(CONNECT_LIMIT)
            .rpcDeadline(CALL_LIMIT);
    if (endpoint.given()) {
      ConnectionEnvironment environment = ConnectionEnvironment.load();
      environment.credentials().ifPresent(builder::credentials);
      environment.database().ifPresent(builder::database);
    }
    return builder.build();
  }

  /** The client certificate for mode mutual, if the files have one. */
  static Optional<Identity> identity(Credentials files) {
    return files.client().map(pair -> Identity.pem(pair.certificate(), pair.key()));
  }

  static TrustSource trust(Credentials files) {
    return TrustSource.pem(files.trustAnchors());
  }

  /** The files of a client, which TLS needs; missing ones are a usage error. */
  static Credentials needed(Optional<Credentials> credentials) {
    return credentials.orElseThrow(
        () ->
            MilvusTlsException.usage("a server with TLS needs the CA that its clients trust")
                .next("name it with --ca, and --cert and --key for mode mutual")
                .build());
  }
}
