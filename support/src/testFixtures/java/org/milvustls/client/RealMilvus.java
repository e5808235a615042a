package org.milvustls.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.PemFiles;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TestPki;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsProvider;
import org.milvustls.tls.TlsSettings;

/** Certificates in a folder and real embedded servers that use them. */
public final class RealMilvus {
  private final CertificateDirectory certificates;

  public RealMilvus(Path folder) {
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(
        InitRequest.builder().host("localhost").host("127.0.0.1").client("search").build());
  }

  public CertificateDirectory certificates() {
    return certificates;
  }

  public ServerRequest.Builder request(TlsMode mode) {
    CertificateDirectory.ServerFiles files = certificates.serverFiles("milvus");
    return ServerRequest.builder(mode)
        .kind(ServerKind.EMBEDDED)
        .certificate(files.certificate(), files.key())
        .clientCa(files.clientCa());
  }

  public MilvusServer start(TlsMode mode) {
    return MilvusServers.start(request(mode).build());
  }

  /** In mutual mode, with required credentials. */
  MilvusServer startForUsers() {
    return MilvusServers.start(
        request(TlsMode.MUTUAL)
            .environment("COMMON_SECURITY_AUTHORIZATIONENABLED", "true")
            .build());
  }

  /** Mutual TLS with the JDK and a leaf of the client CA that its directory would not issue. */
  public TlsSettings withClient(LeafRequest request) {
    return withClient(request, TlsProvider.JDK);
  }

  /** The same, by any provider. */
  public TlsSettings withClient(LeafRequest request, TlsProvider provider) {
    Path ca = certificates.path().resolve("ca/client");
    List<X509Certificate> chain =
        new ArrayList<>(PemFiles.certificates(ca.resolve("intermediate.pem")));
    CertificateAuthority authority =
        CertificateAuthority.of(
            chain, PemFiles.privateKey(ca.resolve("intermediate.key")), Clock.systemUTC());
    return TlsSettings.builder(TlsMode.MUTUAL)
        .provider(provider)
        .trustAnchors(certificates.trustAnchors())
        .identity(TestPki.identity(authority.issue(request)))
        .build();
  }

  /** The settings of a client with the files for this mode. */
  public TlsSettings.Builder tls(TlsMode mode) {
    TlsSettings.Builder builder = TlsSettings.builder(mode);
    if (mode.isEncrypted()) {
      builder.trustAnchors(certificates.trustAnchors());
    }
    if (mode == TlsMode.MUTUAL) {
      CertificateDirectory.ClientFiles files = certificates.clientFiles("search");
      builder.clientCertificate(files.certificate(), files.key());
    }
    return builder;
  }
}
