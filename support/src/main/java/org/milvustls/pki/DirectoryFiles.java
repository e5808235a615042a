package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** The paths in a certificate directory, and the changes that several commands share. */
final class DirectoryFiles {
  private static final String NEXT = ".next";
  private static final String FORMER = ".former";

  private final Path directory;
  private final Clock clock;
  private final Optional<KeyPassword> caPassword;

  DirectoryFiles(Path directory, Clock clock, Optional<KeyPassword> caPassword) {
    this.directory = directory;
    this.clock = clock;
    this.caPassword = caPassword;
  }

  DirectoryFiles with(KeyPassword password) {
    return new DirectoryFiles(directory, clock, Optional.of(password));
  }

  /** The same paths in another folder. */
  DirectoryFiles in(Path other) {
    return new DirectoryFiles(other, clock, caPassword);
  }

  Path path() {
    return directory;
  }

  Instant now() {
    return clock.instant();
  }

  Path trustAnchors() {
    return directory.resolve(CertificateDirectory.TRUST_ANCHORS);
  }

  Path authorities() {
    return directory.resolve("ca");
  }

  boolean exists() {
    return DirectoryState.existsIn(directory);
  }

  DirectoryState state() {
    if (!exists()) {
      throw MilvusTlsException.failure("this is not a certificate directory")
          .seen(directory)
          .next("make one with 'milvus-tls certs init --dir " + directory + "'")
          .build();
    }
    return DirectoryState.readFrom(directory);
  }

  /** Does the work under the lock, after the recovery from an interrupted command. */
  <T> T changing(String what, FileErrors.Read<T> work) {
    return FileErrors.reading(
        what,
        directory,
        () -> {
          if (!Files.isDirectory(directory)) {
            state();
          }
          return DirectoryLock.holding(
              directory,
              () -> {
                new Staging(directory).recover();
                for (LeafRole role : LeafRole.values()) {
                  finishSwitch(role);
                }
                return work.run();
              });
        });
  }

  LeafFolder leaf(LeafRole role, String name) {
    return new LeafFolder(directory, role, name);
  }

  LeafFolder leaf(LeafEntry entry) {
    return leaf(entry.role(), entry.name());
  }

  /** The CA that signs leaves of this role. */
  AuthorityFolder authority(LeafRole role) {
    return authority(role, "");
  }

  /** During a rotation, before the switch: the CA that will sign. */
  AuthorityFolder nextAuthority(LeafRole role) {
    return authority(role, NEXT);
  }

  /** During a rotation, after the switch: the CA that signed before. */
  AuthorityFolder formerAuthority(LeafRole role) {
    return authority(role, FORMER);
  }

  private AuthorityFolder authority(LeafRole role, String suffix) {
    return new AuthorityFolder(authorityPath(role, suffix), role, clock, caPassword);
  }

  private Path authorityPath(LeafRole role, String suffix) {
    return authorities().resolve(role.id() + suffix);
  }

  /**
   * Makes the next CA the signing one. Uses two renames, and completes them after an interruption.
   */
  void switchAuthority(LeafRole role) throws IOException {
    Files.move(
        authorityPath(role, ""), authorityPath(role, FORMER), StandardCopyOption.ATOMIC_MOVE);
    finishSwitch(role);
  }

  private void finishSwitch(LeafRole role) throws IOException {
    if (formerAuthority(role).exists() && nextAuthority(role).exists()) {
      Files.move(
          authorityPath(role, NEXT), authorityPath(role, ""), StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.syncFolder(authorities());
    }
  }

  void deleteFormerAuthority(LeafRole role) throws IOException {
    PrivateFiles.deleteTree(authorityPath(role, FORMER));
  }

  /** Roots of other CAs with imported leaves, one file for each role. */
  Path importedAnchors(LeafRole role) {
    return authorities().resolve("imported-" + role + ".pem");
  }

  /**
   * The roots to verify leaves of this role. The signing CA comes first: a client that reads only
   * the first certificate of a file has the right one before and after a switch.
   */
  List<X509Certificate> anchors(LeafRole role) {
    List<X509Certificate> anchors = new ArrayList<>();
    for (String suffix : List.of("", NEXT, FORMER)) {
      AuthorityFolder folder = authority(role, suffix);
      if (folder.exists()) {
        anchors.add(folder.rootCertificate());
      }
    }
    Path imported = importedAnchors(role);
    if (Files.exists(imported)) {
      anchors.addAll(PemFiles.certificates(imported));
    }
    return anchors;
  }

  /** The trust anchors with which the holder of a leaf of this role verifies its peers. */
  List<X509Certificate> peerAnchors(LeafRole role) {
    return anchors(role == LeafRole.SERVER ? LeafRole.CLIENT : LeafRole.SERVER);
  }

  void publish(LeafEntry entry, IssuedCertificate issued) throws IOException {
    publish(entry, issued.chain(), Optional.of(issued.privateKey()));
  }

  void publish(LeafEntry entry, List<X509Certificate> chain, Optional<PrivateKey> key)
      throws IOException {
    leaf(entry).publish(entry, chain, key, peerAnchors(entry.role()), now());
  }

  /**
   * Records that the leaf must be deployed, then publishes it. After an interruption, an extra
   * deployment is harmless, but a missing one is not.
   */
  LeafEntry publishToDeploy(LeafEntry entry, List<X509Certificate> chain, Optional<PrivateKey> key)
      throws IOException {
    LeafEntry pending = entry.withDeployPending(Optional.of(now()));
    state().with(pending).writeTo(directory);
    publish(pending, chain, key);
    return pending;
  }

  /**
   * Updates every copy of the trust anchors; leaves with a changed copy must be deployed.
   *
   * @return whether a copy has changed
   */
  boolean distributeAnchors() throws IOException {
    String anchors = Pem.encode(anchors(LeafRole.SERVER));
    boolean changed = !anchors.equals(Files.readString(trustAnchors()));
    if (changed) {
      PrivateFiles.replace(trustAnchors(), anchors, PrivateFiles.PUBLIC);
    }
    for (LeafEntry entry : state().leaves()) {
      LeafFolder folder = leaf(entry);
      if (!folder.exists()) {
        continue;
      }
      List<X509Certificate> has = PemFiles.certificates(folder.peerAnchors());
      List<X509Certificate> needs = peerAnchors(entry.role());
      changed |= !has.equals(needs);
      if (!new HashSet<>(has).equals(new HashSet<>(needs))) {
        publishToDeploy(entry, folder.chain(), folder.privateKey());
      } else if (!has.equals(needs)) {
        publish(entry, folder.chain(), folder.privateKey());
      }
    }
    return changed;
  }
}
