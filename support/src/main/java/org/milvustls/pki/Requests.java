package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** Signing requests to another CA, and its answers; the caller has the lock. */
final class Requests {
  private final DirectoryFiles files;

  Requests(DirectoryFiles files) {
    this.files = files;
  }

  /** The folder of a pending request: the key and the request itself. */
  private Path folder(LeafRole role, String name) {
    return all().resolve(role.folder()).resolve(LeafName.check(name));
  }

  private Path all() {
    return files.path().resolve("requests");
  }

  private static Path requestFile(Path folder, LeafRole role) {
    return folder.resolve(role + ".csr");
  }

  private static Path keyFile(Path folder, LeafRole role) {
    return folder.resolve(role + ".key");
  }

  /** Makes a key and a request for it; does not overwrite a pending one. */
  Path create(LeafRequest leaf) throws IOException {
    files.state();
    Path folder = folder(leaf.role(), leaf.commonName());
    if (Files.exists(folder)) {
      throw MilvusTlsException.usage("a request for this name waits for its answer")
          .seen(requestFile(folder, leaf.role()))
          .next("take the answer in with 'certs import', or delete that folder to start anew")
          .build();
    }
    KeyPair pair = leaf.keyType().generate();
    PrivateFiles.createFolder(all(), PrivateFiles.OWNER_FOLDER);
    PrivateFiles.createFolder(all().resolve(leaf.role().folder()), PrivateFiles.OWNER_FOLDER);
    Path staged = folder.resolveSibling("." + folder.getFileName());
    PrivateFiles.deleteTree(staged);
    PrivateFiles.createFolder(staged, PrivateFiles.OWNER_FOLDER);
    PrivateFiles.create(
        keyFile(staged, leaf.role()), Pem.encode(pair.getPrivate()), PrivateFiles.OWNER_ONLY);
    PrivateFiles.create(
        requestFile(staged, leaf.role()), SigningRequest.create(leaf, pair), PrivateFiles.PUBLIC);
    Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
    return requestFile(folder, leaf.role());
  }

  /**
   * Imports the answer to a request.
   *
   * @param answer the leaf and its intermediates, in any order, with or without the root
   * @param anchors roots of the other CA, added to the peers' trust anchors; empty: they have them
   */
  LeafEntry take(
      LeafRole role,
      String name,
      List<X509Certificate> answer,
      List<X509Certificate> anchors,
      LeafStorage storage)
      throws IOException {
    Path folder = folder(role, name);
    if (!Files.exists(folder)) {
      throw MilvusTlsException.usage("there is no request to answer for this " + role)
          .seen(name)
          .next("make one with 'certs csr --" + role + " " + name + "'")
          .build();
    }
    PrivateKey key = PemFiles.privateKey(keyFile(folder, role));
    SigningRequest request = SigningRequest.read(requestFile(folder, role));
    List<X509Certificate> chain = order(answer, key);
    List<X509Certificate> known = new ArrayList<>(anchors);
    known.addAll(files.anchors(role));
    requireUsable(role, chain, known, request.names());
    LeafEntry entry = entry(role, name, chain.get(0), request, storage);
    addAnchors(role, anchors);
    LeafEntry published = files.publishToDeploy(entry, chain, Optional.of(key));
    files.distributeAnchors();
    PrivateFiles.deleteTree(folder);
    return published;
  }

  private static LeafEntry entry(
      LeafRole role,
      String name,
      X509Certificate leaf,
      SigningRequest request,
      LeafStorage storage) {
    Duration lifetime =
        Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
    return new LeafEntry(
        role,
        name,
        LeafSource.IMPORTED,
        request.names(),
        KeyType.of(request.publicKey()).orElseThrow(),
        lifetime,
        storage.keyMode(),
        storage.p12PasswordFile(),
        Optional.empty());
  }

  /** The certificate of the key first, then its issuers, without the root. */
  private static List<X509Certificate> order(List<X509Certificate> answer, PrivateKey key) {
    X509Certificate current =
        answer.stream()
            .filter(each -> KeyMatch.matches(each.getPublicKey(), key))
            .findFirst()
            .orElseThrow(
                () ->
                    MilvusTlsException.failure("the answer is not for the key of this request")
                        .seen(answer.get(0).getSubjectX500Principal())
                        .next("give the CA the newest request, and take in the answer to that")
                        .build());
    Set<X509Certificate> chain = new LinkedHashSet<>();
    Optional<X509Certificate> next = Optional.of(current);
    while (next.isPresent() && !ChainCheck.isSelfSigned(next.get()) && chain.add(next.get())) {
      X509Certificate signed = next.get();
      next = answer.stream().filter(each -> ChainCheck.isSignedBy(signed, each)).findFirst();
    }
    return chain.isEmpty() ? List.of(current) : List.copyOf(chain);
  }

  private void requireUsable(
      LeafRole role,
      List<X509Certificate> chain,
      List<X509Certificate> anchors,
      List<HostName> asked) {
    Material.Use use = role == LeafRole.SERVER ? Material.Use.SERVER : Material.Use.CLIENT;
    Clock at = Clock.fixed(files.now(), ZoneOffset.UTC);
    List<CertificateFinding> findings =
        new ArrayList<>(
            new MaterialCheck(Material.certificates("answer", use, chain), anchors, at)
                .run()
                .findings());
    Set<HostName> missing = new HashSet<>(asked);
    missing.removeAll(namesIn(chain.get(0)));
    if (!missing.isEmpty()) {
      findings.add(
          new CertificateFinding(
              Problem.NAME_MISMATCH,
              "the CA left names out: "
                  + missing.stream()
                      .map(HostName::value)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    if (!findings.isEmpty()) {
      throw MilvusTlsException.failure("the answer cannot be used, so nothing was changed")
          .seen(
              findings.stream()
                  .map(finding -> finding.problem() + ": " + finding.detail())
                  .collect(Collectors.joining("; ")))
          .next("for an unknown CA add --ca FILE with its root; else ask the CA for a new answer")
          .build();
    }
  }

  private static Set<HostName> namesIn(X509Certificate leaf) {
    return CertificateFacts.of(leaf).names().stream().map(HostName::of).collect(Collectors.toSet());
  }

  private void addAnchors(LeafRole role, List<X509Certificate> anchors) throws IOException {
    Path file = files.importedAnchors(role);
    Set<X509Certificate> all = new LinkedHashSet<>();
    if (Files.exists(file)) {
      all.addAll(PemFiles.certificates(file));
    }
    if (all.addAll(anchors)) {
      PrivateFiles.replace(file, Pem.encode(List.copyOf(all)), PrivateFiles.PUBLIC);
    }
  }
}
