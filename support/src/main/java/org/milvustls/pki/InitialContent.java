package org.milvustls.pki;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes the content of a new certificate directory, {@code state.json} last. */
final class InitialContent {
  private final DirectoryFiles files;

  InitialContent(DirectoryFiles files) {
    this.files = files;
  }

  DirectoryState write(InitRequest request) throws IOException {
    authorities(request.keyType(), request.permitted());
    List<LeafEntry> leaves = new ArrayList<>();
    leaves.add(publish(server(request), request));
    for (String name : request.clients()) {
      leaves.add(publish(LeafRequest.client(name), request));
    }
    return written(leaves);
  }

  /** The CAs alone. */
  DirectoryState writeAuthorities(KeyType keyType, List<NameScope> permitted) throws IOException {
    authorities(keyType, permitted);
    return written(List.of());
  }

  private void authorities(KeyType keyType, List<NameScope> permitted) throws IOException {
    PrivateFiles.createFolder(files.authorities(), PrivateFiles.OWNER_FOLDER);
    files.authority(LeafRole.SERVER).create(keyType, permitted);
    files.authority(LeafRole.CLIENT).create(keyType, List.of());
    for (LeafRole role : LeafRole.values()) {
      PrivateFiles.createFolder(files.path().resolve(role.folder()), PrivateFiles.OPEN_FOLDER);
    }
    PrivateFiles.create(
        files.trustAnchors(), Pem.encode(files.anchors(LeafRole.SERVER)), PrivateFiles.PUBLIC);
  }

  /** Writes the list of leaves last, so that all listed files exist when it does. */
  private DirectoryState written(List<LeafEntry> leaves) throws IOException {
    DirectoryState state = new DirectoryState(leaves);
    state.writeTo(files.path());
    return state;
  }

  private static LeafRequest server(InitRequest request) {
    List<HostName> hosts = request.hosts().isEmpty() ? InitRequest.DEFAULT_HOSTS : request.hosts();
    return LeafRequest.server(request.serverName(), hosts);
  }

  private LeafEntry publish(LeafRequest leaf, InitRequest request) throws IOException {
    LeafRequest full = leaf.withKeyType(request.keyType()).withLifetime(request.leafLifetime());
    LeafEntry entry = LeafEntry.of(full, LeafSource.PRIVATE, request.storage());
    IssuedCertificate issued = files.authority(leaf.role()).issuer().issue(full);
    files.publish(entry, issued);
    return entry;
  }
}
