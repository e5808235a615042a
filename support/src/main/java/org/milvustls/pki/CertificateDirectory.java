package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/**
 * Certificates as files: separate CAs for servers and for clients, a folder for each server and
 * each client that is all it needs, and {@code ca.pem}, what clients trust.
 *
 * <pre>{@code
 * CertificateDirectory certs = CertificateDirectory.at(Path.of("certs"));
 * certs.init(InitRequest.builder().host("milvus.example.org").client("search").build());
 * certs.serverFiles("milvus");   // paths for milvus.yaml
 * certs.clientFiles("search");   // paths for a client
 * }</pre>
 *
 * <p>The folder has mode 0700 and a {@code .gitignore} of {@code *}; keys have mode 0600 from their
 * first byte. One command at a time changes it; whatever ends a command, the next one finds either
 * the former files or the new ones.
 */
public final class CertificateDirectory {
  static final String TRUST_ANCHORS = "ca.pem";

  private final Path directory;
  private final Clock clock;

  private CertificateDirectory(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The directory at {@code path}, which need not exist before {@link #init}. */
  public static CertificateDirectory at(Path path) {
    return at(path, Clock.systemUTC());
  }

  /** The same with a clock of the caller's. */
  public static CertificateDirectory at(Path path, Clock clock) {
    return new CertificateDirectory(
        path.toAbsolutePath().normalize(), Objects.requireNonNull(clock, "clock"));
  }

  /**
   * The files of one server; mount their folder, not the files.
   *
   * @param certificate leaf, then intermediate: {@code tls.serverPemPath}
   * @param key {@code tls.serverKeyPath}
   * @param clientCa whose clients may connect in mutual mode: {@code tls.caPemPath}
   */
  public record ServerFiles(Path certificate, Path key, Path clientCa) {}

  /**
   * The files of one client.
   *
   * @param certificate leaf, then intermediate
   * @param key PKCS#8 PEM
   * @param trustAnchors the server CA's root, to verify the server with
   */
  public record ClientFiles(Path certificate, Path key, Path trustAnchors) {}

  /**
   * Makes the CAs and the first leaves. In a directory that has them already nothing is changed: it
   * reports what is there, and fails when the request names hosts or clients that are not.
   */
  public InitResult init(InitRequest request) {
    return FileErrors.reading(
        "cannot make the certificate directory",
        directory,
        () -> {
          prepare();
          return DirectoryLock.holding(directory, () -> initLocked(request));
        });
  }

  private void prepare() throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      PrivateFiles.createFolder(directory, PrivateFiles.OWNER_FOLDER);
    }
    Path ignore = directory.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      PrivateFiles.replace(ignore, "*\n", PrivateFiles.PUBLIC);
    }
  }

  private InitResult initLocked(InitRequest request) throws IOException {
    Staging staging = new Staging(directory);
    staging.recover();
    if (DirectoryState.existsIn(directory)) {
      DirectoryState state = DirectoryState.readFrom(directory);
      InitComparison.requireSame(request, state);
      return new InitResult(false, directory, state.leaves());
    }
    DirectoryState state = new InitialContent(staging.begin(), clock).write(request);
    Files.setPosixFilePermissions(directory, PrivateFiles.OWNER_FOLDER);
    staging.commit();
    return new InitResult(true, directory, state.leaves());
  }

  /**
   * Issues one more leaf from the private CA and records it. A leaf of this name that is there
   * already is an error and stays as it was.
   *
   * @param keyMode who may read the key file
   */
  public LeafEntry issue(LeafRequest request, KeyMode keyMode) {
    return changing(
        "cannot issue the certificate",
        () -> {
          LeafFolder folder = new LeafFolder(directory, request.role(), request.commonName());
          if (folder.exists()) {
            throw MilvusTlsException.usage("there is a " + request.role() + " of this name already")
                .seen(folder.path())
                .next("choose another name, renew it with 'certs renew', or add --replace")
                .build();
          }
          return publish(request, keyMode);
        });
  }

  /**
   * Issues a leaf as {@link #issue(LeafRequest, KeyMode)} does, in the place of one of the same
   * name if there is one; its former files are kept as the former generation.
   */
  public LeafEntry replace(LeafRequest request, KeyMode keyMode) {
    return changing("cannot issue the certificate", () -> publish(request, keyMode));
  }

  private LeafEntry publish(LeafRequest request, KeyMode keyMode) throws IOException {
    LeafRole role = request.role();
    LeafEntry entry =
        new LeafEntry(
            role,
            request.commonName(),
            LeafSource.PRIVATE,
            request.names(),
            request.keyType(),
            request.lifetime(),
            keyMode,
            false);
    IssuedCertificate leaf = authority(role).issuer().issue(request);
    PrivateFiles.createFolder(directory.resolve(role.folder()), PrivateFiles.OPEN_FOLDER);
    state().with(entry).writeTo(directory);
    new LeafFolder(directory, role, entry.name())
        .publish(leaf, peerAnchors(role), keyMode, clock.instant());
    return entry;
  }

  /** Whether {@link #init} has made this directory. */
  public boolean exists() {
    return DirectoryState.existsIn(directory);
  }

  /** The leaves that the directory records, in the order in which they came. */
  public List<LeafEntry> leaves() {
    return state().leaves();
  }

  /** The files of the server {@code name}; one that is not recorded is a usage error. */
  public ServerFiles serverFiles(String name) {
    LeafFolder folder = folder(LeafRole.SERVER, name);
    return new ServerFiles(folder.certificate(), folder.key(), folder.peerAnchors());
  }

  /** The files of the client {@code name}; one that is not recorded is a usage error. */
  public ClientFiles clientFiles(String name) {
    LeafFolder folder = folder(LeafRole.CLIENT, name);
    return new ClientFiles(folder.certificate(), folder.key(), folder.peerAnchors());
  }

  /** The file {@code ca.pem}: what clients trust, public certificates only. */
  public Path trustAnchors() {
    return directory.resolve(TRUST_ANCHORS);
  }

  /** The roots of the client CA: whose clients servers let in. */
  public List<X509Certificate> clientAnchors() {
    return List.of(authority(LeafRole.CLIENT).rootCertificate());
  }

  /** Where the directory is, absolute. */
  public Path path() {
    return directory;
  }

  private LeafFolder folder(LeafRole role, String name) {
    DirectoryState state = state();
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
    return new LeafFolder(directory, role, name);
  }

  private AuthorityFolder authority(LeafRole role) {
    return new AuthorityFolder(directory.resolve("ca").resolve(role.id()), clock);
  }

  private List<X509Certificate> peerAnchors(LeafRole role) {
    return role == LeafRole.SERVER ? clientAnchors() : PemFiles.certificates(trustAnchors());
  }

  private DirectoryState state() {
    if (!exists()) {
      throw MilvusTlsException.failure("this is not a certificate directory")
          .seen(directory)
          .next("make one with 'milvus-tls certs init --dir " + directory + "'")
          .build();
    }
    return DirectoryState.readFrom(directory);
  }

  private <T> T changing(String what, FileErrors.Read<T> work) {
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
                return work.run();
              });
        });
  }
}
