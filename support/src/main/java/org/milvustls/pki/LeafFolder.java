package org.milvustls.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder of one leaf: all that its holder needs, and nothing else. */
final class LeafFolder {
  private final Path folder;
  private final LeafRole role;

  /**
   * A leaf's place.
   *
   * @param directory the certificate directory
   */
  LeafFolder(Path directory, LeafRole role, String name) {
    this.folder = directory.resolve(role.folder()).resolve(LeafName.check(name));
    this.role = role;
  }

  boolean exists() {
    return Files.exists(certificate());
  }

  Path path() {
    return folder;
  }

  /** Leaf, then intermediates. */
  Path certificate() {
    return folder.resolve(role.id() + ".pem");
  }

  Path key() {
    return folder.resolve(role.id() + ".key");
  }

  /** What the holder verifies its peers with: for a server the client CA, for a client the CA. */
  Path peerAnchors() {
    return folder.resolve(role == LeafRole.SERVER ? "client-ca.pem" : "ca.pem");
  }

  /** Writes a new generation and switches to it. */
  void publish(
      IssuedCertificate leaf, List<X509Certificate> peerAnchors, KeyMode keyMode, Instant now)
      throws IOException {
    Map<String, Generations.Content> files = new LinkedHashMap<>();
    files.put(nameOf(certificate()), AuthorityFolder.publicFile(leaf.chain()));
    files.put(
        nameOf(key()),
        new Generations.Content(
            Pem.encode(leaf.privateKey()).getBytes(StandardCharsets.US_ASCII),
            keyMode.permissions()));
    files.put(nameOf(peerAnchors()), AuthorityFolder.publicFile(peerAnchors));
    PrivateFiles.createFolder(folder, PrivateFiles.OPEN_FOLDER);
    new Generations(folder).publish(files, now);
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString();
  }
}
