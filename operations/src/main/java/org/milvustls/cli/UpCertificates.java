package org.milvustls.cli;

import java.util.Optional;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRequest;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.LeafStorage;
import org.milvustls.tls.TlsMode;

/**
 * The files that a server for development and its clients use.
 *
 * @param server empty in mode off
 * @param client in mode mutual only
 */
record UpCertificates(
    Optional<CertificateDirectory.ServerFiles> server,
    Optional<CertificateDirectory.ClientFiles> client,
    CertificateDirectory directory) {
  private static final String CLIENT = "dev";

  /** Takes the first server and the first client of the directory, and makes what is missing. */
  static UpCertificates prepare(CertificateDirectory directory, TlsMode mode) {
    if (mode == TlsMode.OFF) {
      return new UpCertificates(Optional.empty(), Optional.empty(), directory);
    }
    if (!directory.exists()) {
      directory.init(InitRequest.builder().client(CLIENT).build());
    }
    Optional<CertificateDirectory.ServerFiles> server =
        first(directory, LeafRole.SERVER)
            .or(() -> Optional.of(InitRequest.DEFAULT_SERVER))
            .map(directory::serverFiles);
    return new UpCertificates(
        server,
        mode == TlsMode.MUTUAL ? Optional.of(clientFiles(directory)) : Optional.empty(),
        directory);
  }

  private static CertificateDirectory.ClientFiles clientFiles(CertificateDirectory directory) {
    Optional<String> name = first(directory, LeafRole.CLIENT);
    if (name.isEmpty()) {
      directory.issue(LeafRequest.client(CLIENT), LeafStorage.DEFAULT);
    }
    return directory.clientFiles(name.orElse(CLIENT));
  }

  private static Optional<String> first(CertificateDirectory directory, LeafRole role) {
    return directory.leaves().stream()
        .filter(leaf -> leaf.role() == role)
        .map(LeafEntry::name)
        .findFirst();
  }
}
