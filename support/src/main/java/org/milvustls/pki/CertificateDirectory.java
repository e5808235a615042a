package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/**
 * A directory of certificate files: separate CAs for servers and for clients, a complete folder for
 * each server and each client, and the clients' trust anchors in {@code ca.pem}.
 *
 * <pre>{@code
 * CertificateDirectory certs = CertificateDirectory.at(Path.of("certs"));
 * certs.init(InitRequest.builder().host("milvus.example.org").client("search").build());
 * certs.serverFiles("milvus");   // paths for milvus.yaml
 * certs.clientFiles("search");   // paths for a client
 * }</pre>
 *
 * <p>The folder has mode 0700 and a {@code .gitignore} of {@code *}; keys have mode 0600 from their
 * first byte. One command at a time changes it. After an interrupted command, the next one finds
 * either the former files or the new ones.
 */
public final class CertificateDirectory {
  static final String TRUST_ANCHORS = "ca.pem";

  private final DirectoryFiles files;

  private CertificateDirectory(DirectoryFiles files) {
    this.files = files;
  }

  /** The directory at {@code path}; it may be missing before {@link #init}. */
  public static CertificateDirectory at(Path path) {
    return at(path, Clock.systemUTC());
  }

  /** The same with a given clock. */
  public static CertificateDirectory at(Path path, Clock clock) {
    return new CertificateDirectory(
        new DirectoryFiles(
            path.toAbsolutePath().normalize(),
            Objects.requireNonNull(clock, "clock"),
            Optional.empty()));
  }

  /** A copy with the password for the CA keys, which {@link #init} also encrypts with it. */
  public CertificateDirectory unlockedWith(KeyPassword caPassword) {
    return new CertificateDirectory(files.with(caPassword));
  }

  /**
   * The files of one server; mount their folder, not the files.
   *
   * @param certificate leaf, then intermediate: {@code tls.serverPemPath}
   * @param key {@code tls.serverKeyPath}
   * @param clientCa CA of the clients that may connect in mutual mode: {@code tls.caPemPath}
   */
  public record ServerFiles(Path certificate, Path key, Path clientCa) {}

  /**
   * The files of one client.
   *
   * @param certificate leaf, then intermediate
   * @param key PKCS#8 PEM
   * @param trustAnchors the server CA's root, to verify the server
   */
  public record ClientFiles(Path certificate, Path key, Path trustAnchors) {}

  /**
   * Makes the CAs and the first leaves. Does not change an existing directory: it reports the
   * content, and fails when hosts or clients of the request are missing.
   */
  public InitResult init(InitRequest request) {
    return FileErrors.reading(
        "cannot make the certificate directory",
        path(),
        () -> {
          prepare();
          return files.changing("cannot make the certificate directory", () -> create(request));
        });
  }

  private void prepare() throws IOException {
    if (!Files.isDirectory(path())) {
      requireNoFileInTheWay();
      Files.createDirectories(path().toAbsolutePath().getParent());
      PrivateFiles.createFolder(path(), PrivateFiles.OWNER_FOLDER);
    }
    Path ignore = path().resolve(".gitignore");
    if (!Files.exists(ignore)) {
      PrivateFiles.replace(ignore, "*\n", PrivateFiles.PUBLIC);
    }
  }

  private void requireNoFileInTheWay() {
    Path existing = path();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing != null && !Files.isDirectory(existing)) {
      throw MilvusTlsException.failure("there is a file where a directory is needed")
          .seen(existing)
          .next("name another directory with --dir; nothing was changed")
          .build();
    }
  }

  private InitResult create(InitRequest request) throws IOException {
    if (exists()) {
      DirectoryState state = files.state();
      InitComparison.requireSame(request, state);
      return new InitResult(false, path(), state.leaves());
    }
    return new InitResult(true, path(), fill(content -> content.write(request)).leaves());
  }

  /**
   * Makes the two private CAs without a leaf, for a directory whose servers get leaves from another
   * CA. Does not change an existing directory.
   */
  public void initAuthorities() {
    FileErrors.failing(
        "cannot make the certificate directory",
        path(),
        () -> {
          prepare();
          files.changing(
              "cannot make the certificate directory",
              () ->
                  exists()
                      ? files.state()
                      : fill(content -> content.writeAuthorities(KeyType.ECDSA_P256, List.of())));
        });
  }

  /** Writes the content of a new directory. */
  private interface Filling {
    DirectoryState into(InitialContent content) throws IOException;
  }

  private DirectoryState fill(Filling filling) throws IOException {
    Staging staging = new Staging(path());
    DirectoryState state = filling.into(new InitialContent(files.in(staging.begin())));
    Files.setPosixFilePermissions(path(), PrivateFiles.OWNER_FOLDER);
    staging.commit();
    return state;
  }

  /**
   * Issues one more leaf from the private CA and records it. An existing leaf of this name is an
   * error and stays unchanged.
   */
  public LeafEntry issue(LeafRequest request, LeafStorage storage) {
    return files.changing(
        "cannot issue the certificate",
        () -> {
          requireFree(request);
          return publish(request, storage);
        });
  }

  /**
   * Issues a leaf as {@link #issue(LeafRequest, LeafStorage)} does, but replaces one of the same
   * name. The replaced files stay as the former generation.
   */
  public LeafEntry replace(LeafRequest request, LeafStorage storage) {
    return files.changing("cannot issue the certificate", () -> publish(request, storage));
  }

  /** Issues a leaf for a signing request; its folder gets no key file. */
  public LeafEntry issue(LeafRequest request, SigningRequest csr) {
    return files.changing(
        "cannot issue the certificate",
        () -> {
          requireFree(request);
          LeafEntry entry = LeafEntry.of(request, LeafSource.PRIVATE, LeafStorage.DEFAULT);
          List<X509Certificate> chain =
              files.authority(request.role()).issuer().issue(request, csr.publicKey());
          return files.publishToDeploy(entry, chain, Optional.empty());
        });
  }

  private void requireFree(LeafRequest request) {
    LeafFolder folder = files.leaf(request.role(), request.commonName());
    if (folder.exists()) {
      throw MilvusTlsException.usage("there is a " + request.role() + " of this name already")
          .seen(folder.path())
          .next("choose another name, renew it with 'certs renew', or add --replace")
          .build();
    }
  }

  private LeafEntry publish(LeafRequest request, LeafStorage storage) throws IOException {
    files.state();
    LeafEntry entry = LeafEntry.of(request, LeafSource.PRIVATE, storage);
    return publish(entry, files.authority(request.role()).issuer().issue(request));
  }

  private LeafEntry publish(LeafEntry entry, IssuedCertificate issued) throws IOException {
    if (files.leaf(entry).exists()) {
      return files.publishToDeploy(entry, issued.chain(), Optional.of(issued.privateKey()));
    }
    files.state().with(entry).writeTo(path());
    files.publish(entry, issued);
    return entry;
  }

  /**
   * Installs a leaf that a public CA signed; replaces one of the same name. The trust anchors of
   * the leaf's folder stay those of the private CAs. A public CA in {@code client-ca.pem} would
   * admit every certificate that it signs.
   *
   * @param chain the leaf with the names of {@code request}, then its intermediates
   * @param key the leaf's key
   */
  public LeafEntry adopt(
      LeafRequest request, List<X509Certificate> chain, PrivateKey key, LeafStorage storage) {
    X509Certificate leaf = chain.get(0);
    KeyMatch.require(leaf, key, "key of the leaf");
    Duration lifetime =
        Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant());
    LeafEntry entry = LeafEntry.of(request.withLifetime(lifetime), LeafSource.ACME, storage);
    return files.changing(
        "cannot put the certificate in force",
        () -> publish(entry, new IssuedCertificate(chain, key)));
  }

  /**
   * Renews the due certificates. Records a change as pending deployment before it makes the change.
   */
  public List<RenewalResult> renew(RenewRequest request) {
    return files.changing("cannot renew", () -> new Renewal(files, request).run());
  }

  /** The leaves with changed files that are not deployed yet. */
  public List<LeafEntry> pendingDeploys() {
    return files.state().pending();
  }

  /**
   * Deploys the pending leaves and records that. The directory is not locked during the deployment;
   * a leaf that changes during it stays pending.
   *
   * @param deployment deploys the given leaves, or throws
   * @return the deployed leaves; empty without pending ones, and then the deployment does not run
   */
  public List<LeafEntry> deploy(Consumer<List<LeafEntry>> deployment) {
    List<LeafEntry> pending = pendingDeploys();
    if (!pending.isEmpty()) {
      deployment.accept(pending);
      files.changing(
          "cannot record the deployment",
          () -> {
            DirectoryState state = files.state();
            for (LeafEntry entry : pending) {
              if (state.leaves().contains(entry)) {
                state = state.with(entry.withDeployPending(Optional.empty()));
              }
            }
            state.writeTo(path());
            return state;
          });
    }
    return pending;
  }

  /** First step of a CA rotation for this role: makes the new CA, and all peers trust both. */
  public List<LeafEntry> startRotation(LeafRole role) {
    return files.changing("cannot rotate the CA", () -> new Rotation(files, role).start());
  }

  /** Second step: the new CA issues all leaves of this role again. */
  public List<LeafEntry> switchRotation(LeafRole role) {
    return files.changing("cannot rotate the CA", () -> new Rotation(files, role).switchLeaves());
  }

  /**
   * Last step: removes the old CA from all trust anchors and deletes it. Refused while the old CA
   * issued a leaf of the directory or one of the {@code served} chains.
   */
  public List<LeafEntry> finishRotation(LeafRole role, List<List<X509Certificate>> served) {
    return files.changing("cannot rotate the CA", () -> new Rotation(files, role).finish(served));
  }

  /**
   * Makes a key and a signing request for another CA.
   *
   * @return the file to send to that CA; the key stays beside the file
   */
  public Path request(LeafRequest leaf) {
    return files.changing("cannot make the request", () -> new Requests(files).create(leaf));
  }

  /**
   * Imports the answer of a CA to a {@link #request}.
   *
   * @param answer the leaf and its intermediates, in any order
   * @param anchors roots of that CA that peers trust from now on; they then accept all its leaves
   */
  public LeafEntry importAnswer(
      LeafRole role,
      String name,
      List<X509Certificate> answer,
      List<X509Certificate> anchors,
      LeafStorage storage) {
    return files.changing(
        "cannot take the answer in",
        () -> new Requests(files).take(role, name, answer, anchors, storage));
  }

  /** A folder of the directory for the records of a source of certificates. */
  public PrivateFolder privateFolder(String name) {
    files.state();
    return new PrivateFolder(path().resolve(name));
  }

  /** Whether {@link #init} has made this directory. */
  public boolean exists() {
    return files.exists();
  }

  /** The recorded leaves, in the order of their creation. */
  public List<LeafEntry> leaves() {
    return files.state().leaves();
  }

  /** The files of the server {@code name}; an unknown name is a usage error. */
  public ServerFiles serverFiles(String name) {
    LeafFolder folder = folder(LeafRole.SERVER, name);
    return new ServerFiles(folder.certificate(), folder.key(), folder.peerAnchors());
  }

  /** The files of the client {@code name}; an unknown name is a usage error. */
  public ClientFiles clientFiles(String name) {
    LeafFolder folder = folder(LeafRole.CLIENT, name);
    return new ClientFiles(folder.certificate(), folder.key(), folder.peerAnchors());
  }

  /** The file {@code ca.pem} with the clients' trust anchors: public certificates only. */
  public Path trustAnchors() {
    return files.trustAnchors();
  }

  /** The roots of the client CA, whose clients the servers accept. */
  public List<X509Certificate> clientAnchors() {
    return files.anchors(LeafRole.CLIENT);
  }

  /** The absolute path of the directory. */
  public Path path() {
    return files.path();
  }

  private LeafFolder folder(LeafRole role, String name) {
    DirectoryState state = files.state();
    if (state.find(role, name).isEmpty()) {
      throw MilvusTlsException.usage("the certificate directory has no such " + role)
          .seen(name)
          .allowed(
              state.leaves().stream()
                  .filter(leaf -> leaf.role() == role)
                  .map(LeafEntry::name)
                  .collect(Collectors.joining(", ")))
          .next("make it with 'milvus-tls certs issue --" + role + " NAME'")
          .build();
    }
    return files.leaf(role, name);
  }
}
