package org.milvustls.cli;

import java.util.List;
import java.util.Optional;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.LeafStorage;
import org.milvustls.server.MilvusServer;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/**
 * The certificate files of a development server and its clients.
 *
 * @param server empty in mode off
 * @param client in mode mutual only
 * @param serverName name for clients, where the certificate does not contain localhost
 */
record UpCertificates(
    Optional<CertificateDirectory.ServerFiles> server,
    Optional<CertificateDirectory.ClientFiles> client,
    Optional<String> serverName,
    CertificateDirectory directory) {
  private static final HostName LOCALHOST = HostName.of("localhost");
  private static final String CLIENT = "dev";

  /** Takes the first server and the first client of the directory, and makes missing ones. */
  static UpCertificates prepare(CertificateDirectory directory, TlsMode mode) {
    if (mode == TlsMode.OFF) {
      return new UpCertificates(Optional.empty(), Optional.empty(), Optional.empty(), directory);
    }
    if (!directory.exists()) {
      directory.init(InitRequest.builder().client(CLIENT).build());
    }
    Optional<LeafEntry> server = first(directory, LeafRole.SERVER);
    String folder = server.map(LeafEntry::name).orElse(InitRequest.DEFAULT_SERVER);
    return new UpCertificates(
        Optional.of(directory.serverFiles(folder)),
        mode == TlsMode.MUTUAL ? Optional.of(clientFiles(directory)) : Optional.empty(),
        server.map(LeafEntry::names).flatMap(UpCertificates::otherThanLocalhost),
        directory);
  }

  /** The settings of a client with these files. */
  ConnectionSettings connection(MilvusServer started) {
    TlsSettings.Builder tls = TlsSettings.builder(started.mode());
    server.ifPresent(used -> tls.trustAnchors(directory.trustAnchors()));
    client.ifPresent(files -> tls.clientCertificate(files.certificate(), files.key()));
    serverName.ifPresent(tls::serverName);
    return ConnectionSettings.builder("localhost", started.port(), tls.build()).build();
  }

  private static Optional<String> otherThanLocalhost(List<HostName> names) {
    return names.stream().anyMatch(name -> name.covers(LOCALHOST))
        ? Optional.empty()
        : names.stream().map(name -> name.value().replace("*.", "milvus.")).findFirst();
  }

  private static CertificateDirectory.ClientFiles clientFiles(CertificateDirectory directory) {
    Optional<String> name = first(directory, LeafRole.CLIENT).map(LeafEntry::name);
    if (name.isEmpty()) {
      directory.issue(LeafRequest.client(CLIENT), LeafStorage.DEFAULT);
    }
    return directory.clientFiles(name.orElse(CLIENT));
  }

  private static Optional<LeafEntry> first(CertificateDirectory directory, LeafRole role) {
    return directory.leaves().stream().filter(leaf -> leaf.role() == role).findFirst();
  }
}
