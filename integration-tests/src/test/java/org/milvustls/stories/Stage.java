package org.milvustls.stories;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ClientFiles;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.PemFiles;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/**
 * What all stories of one kind of server share: certificates, and one running Milvus for each mode,
 * started when a story first needs it and stopped when all have been told ({@link Curtain}).
 */
final class Stage {
  /** {@code required}: a machine without containers fails the stories instead of skipping them. */
  private static final String CONTAINERS = "MILVUS_TLS_CONTAINERS";

  private static final String IMAGE = "MILVUS_TLS_IMAGE";
  private static final String CLIENT = "story";
  private static final Map<ServerKind, Stage> STAGES = new EnumMap<>(ServerKind.class);

  private final ServerKind kind;
  private final ServerChoice choice;
  private final Path folder;
  private final CertificateDirectory certificates;
  private final Map<TlsMode, MilvusServer> servers = new EnumMap<>(TlsMode.class);

  private Stage(ServerKind kind) {
    this.kind = kind;
    this.choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(kind).image(image()).build());
    try {
      this.folder = Files.createTempDirectory("milvus-tls-stories-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(
        InitRequest.builder().host("localhost").host("127.0.0.1").client(CLIENT).build());
  }

  /** The stage for a kind of server; a story ends here, visibly, where there is no such server. */
  static synchronized Stage of(ServerKind kind) {
    Stage stage = STAGES.computeIfAbsent(kind, Stage::new);
    if (!stage.choice.isAvailable()) {
      String reason = stage.choice.reason();
      if (kind == ServerKind.CONTAINER && "required".equals(System.getenv(CONTAINERS))) {
        fail(CONTAINERS + "=required, but " + reason);
      }
      abort(reason);
    }
    return stage;
  }

  static synchronized void closeAll() {
    STAGES.values().forEach(Stage::close);
    STAGES.clear();
  }

  private static String image() {
    return Optional.ofNullable(System.getenv(IMAGE)).orElse(ServerRequest.DEFAULT_IMAGE);
  }

  /** The shared server of a mode. */
  MilvusServer server(TlsMode mode) {
    return servers.computeIfAbsent(mode, m -> MilvusServers.start(request(m).build()));
  }

  /** A request for a server of the story's own. */
  ServerRequest.Builder request(TlsMode mode) {
    ServerFiles files = certificates.serverFiles(InitRequest.DEFAULT_SERVER);
    return ServerRequest.builder(mode)
        .kind(kind)
        .image(image())
        .certificate(files.certificate(), files.key())
        .clientCa(files.clientCa());
  }

  /** What a client asks that has all the right files. */
  TlsSettings.Builder tls(TlsMode mode) {
    TlsSettings.Builder builder = TlsSettings.builder(mode);
    if (mode.isEncrypted()) {
      builder.trustAnchors(certificates.trustAnchors());
    }
    if (mode == TlsMode.MUTUAL) {
      ClientFiles files = clientFiles();
      builder.clientCertificate(files.certificate(), files.key());
    }
    return builder;
  }

  ConnectionSettings settings(MilvusServer server, TlsSettings tls) {
    return ConnectionSettings.builder("localhost", server.port(), tls)
        .connectTimeout(Duration.ofMinutes(1))
        .build();
  }

  CertificateDirectory certificates() {
    return certificates;
  }

  /** The files of a client that is let in. */
  ClientFiles clientFiles() {
    return certificates.clientFiles(CLIENT);
  }

  /** A leaf of the directory's own CA that the directory would not issue; its files. */
  ClientFiles leaf(String name, LeafRequest request, LeafRole ca) {
    Path authority = certificates.path().resolve("ca").resolve(ca.id());
    List<X509Certificate> chain = PemFiles.certificates(authority.resolve("intermediate.pem"));
    IssuedCertificate leaf =
        CertificateAuthority.of(
                chain,
                PemFiles.privateKey(authority.resolve("intermediate.key")),
                Clock.systemUTC())
            .issue(request);
    Path pem = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    leaf.writePem(pem, key);
    return new ClientFiles(pem, key, certificates.trustAnchors());
  }

  private void close() {
    servers.values().forEach(MilvusServer::close);
    servers.clear();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return kind.id();
  }
}
