package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Writes what a new certificate directory holds, {@code state.json} last. */
final class InitialContent {
  private final Path folder;
  private final Clock clock;

  InitialContent(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  DirectoryState write(InitRequest request) throws IOException {
    PrivateFiles.createFolder(folder.resolve("ca"), PrivateFiles.OWNER_FOLDER);
    AuthorityFolder serverFolder = authority(LeafRole.SERVER);
    AuthorityFolder clientFolder = authority(LeafRole.CLIENT);
    CertificateAuthority serverCa = serverFolder.create(LeafRole.SERVER, request.keyType());
    CertificateAuthority clientCa = clientFolder.create(LeafRole.CLIENT, request.keyType());
    List<X509Certificate> serverAnchors = List.of(serverFolder.rootCertificate());
    List<X509Certificate> clientAnchors = List.of(clientFolder.rootCertificate());
    PrivateFiles.create(
        folder.resolve(CertificateDirectory.TRUST_ANCHORS),
        Pem.encode(serverAnchors),
        PrivateFiles.PUBLIC);
    for (LeafRole role : LeafRole.values()) {
      PrivateFiles.createFolder(folder.resolve(role.folder()), PrivateFiles.OPEN_FOLDER);
    }
    List<LeafEntry> leaves = new ArrayList<>();
    LeafEntry server = serverEntry(request);
    publish(server, serverCa, clientAnchors);
    leaves.add(server);
    for (String name : request.clients()) {
      LeafEntry client = entry(LeafRequest.client(name), request);
      publish(client, clientCa, serverAnchors);
      leaves.add(client);
    }
    DirectoryState state = new DirectoryState(leaves);
    state.writeTo(folder);
    return state;
  }

  private AuthorityFolder authority(LeafRole role) {
    return new AuthorityFolder(folder.resolve("ca").resolve(role.id()), clock);
  }

  private void publish(LeafEntry entry, CertificateAuthority issuer, List<X509Certificate> anchors)
      throws IOException {
    new LeafFolder(folder, entry.role(), entry.name())
        .publish(issuer.issue(entry.toRequest()), anchors, entry.keyMode(), clock.instant());
  }

  private static LeafEntry serverEntry(InitRequest request) {
    List<HostName> hosts = request.hosts().isEmpty() ? InitRequest.DEFAULT_HOSTS : request.hosts();
    return entry(LeafRequest.server(request.serverName(), hosts), request);
  }

  private static LeafEntry entry(LeafRequest leaf, InitRequest request) {
    return new LeafEntry(
        leaf.role(),
        leaf.commonName(),
        LeafSource.PRIVATE,
        leaf.names(),
        request.keyType(),
        request.leafLifetime(),
        request.keyMode(),
        false);
  }
}
