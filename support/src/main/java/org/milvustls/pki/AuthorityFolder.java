package org.milvustls.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/**
 * The files of one CA: {@code root.pem}, {@code root.key} (which may be taken offline) and the
 * intermediate pair that signs leaves. Root files are plain files, so that a move of the key moves
 * the file and not a link.
 */
final class AuthorityFolder {
  static final String ROOT_CERTIFICATE = "root.pem";
  static final String ROOT_KEY = "root.key";
  static final String INTERMEDIATE_CERTIFICATE = "intermediate.pem";
  static final String INTERMEDIATE_KEY = "intermediate.key";

  private final Path folder;
  private final LeafRole role;
  private final Clock clock;
  private final Optional<KeyPassword> password;

  /**
   * The folder of a CA.
   *
   * @param role role of its leaves
   * @param password of its keys; empty: not encrypted
   */
  AuthorityFolder(Path folder, LeafRole role, Clock clock, Optional<KeyPassword> password) {
    this.folder = folder;
    this.role = role;
    this.clock = clock;
    this.password = password;
  }

  /**
   * Makes a new CA with a unique subject, because clients distinguish CAs by subject. It appears in
   * one step.
   *
   * @param scopes names that it may sign for; empty: any
   */
  void create(KeyType keyType, List<NameScope> scopes) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Path staged = folder.resolveSibling("." + folder.getFileName() + ".new");
    PrivateFiles.deleteTree(staged);
    new AuthorityFolder(staged, role, clock, password).write(keyType, scopes);
    Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
    PrivateFiles.syncFolder(parent);
  }

  private void write(KeyType keyType, List<NameScope> scopes) throws IOException {
    CertificateAuthority root =
        CertificateAuthority.root(
            AuthorityRequest.root("Milvus " + role + " root CA " + tag()).withKeyType(keyType),
            clock);
    PrivateFiles.createFolder(folder, PrivateFiles.OWNER_FOLDER);
    PrivateFiles.create(
        folder.resolve(ROOT_KEY), encoded(root.privateKey()), PrivateFiles.OWNER_ONLY);
    PrivateFiles.create(
        folder.resolve(ROOT_CERTIFICATE),
        Pem.encode(List.of(root.certificate())),
        PrivateFiles.PUBLIC);
    publish(intermediate(root, keyType, scopes));
  }

  private CertificateAuthority intermediate(
      CertificateAuthority root, KeyType keyType, List<NameScope> scopes) {
    AuthorityRequest request =
        AuthorityRequest.intermediate("Milvus " + role + " CA " + tag())
            .withKeyType(keyType)
            .withPermitted(scopes);
    boolean rootEndsFirst = root.remaining().compareTo(request.lifetime()) < 0;
    return root.intermediate(rootEndsFirst ? request.withLifetime(root.remaining()) : request);
  }

  /** A date for people, and four random bytes, so that two CAs of one day differ. */
  private String tag() {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
        + " "
        + HexFormat.of().formatHex(random);
  }

  boolean exists() {
    return Files.exists(folder.resolve(ROOT_CERTIFICATE));
  }

  /** Whether the root can sign here; its key may be kept elsewhere. */
  boolean hasRootKey() {
    return Files.exists(folder.resolve(ROOT_KEY));
  }

  /** The CA that signs leaves. */
  CertificateAuthority issuer() {
    Path keyFile = folder.resolve(INTERMEDIATE_KEY);
    if (!Files.exists(keyFile)) {
      throw MilvusTlsException.failure("the CA's key is missing, so it cannot sign")
          .seen(keyFile)
          .next("bring the key back, or use 'certs csr' and 'certs import' with another CA")
          .build();
    }
    return CertificateAuthority.of(issuerChain(), key(keyFile), clock);
  }

  private PrivateKey key(Path file) {
    if (password.isEmpty() && MaterialReader.isEncrypted(file)) {
      throw MilvusTlsException.failure("the CA's key is encrypted and no password was given")
          .seen(file)
          .next("add --ca-password-file FILE, whose first line is the password")
          .build();
    }
    return PemFiles.privateKey(file, password);
  }

  /** The intermediate, then the root. */
  List<X509Certificate> issuerChain() {
    return Stream.concat(
            PemFiles.certificates(folder.resolve(INTERMEDIATE_CERTIFICATE)).stream(),
            Stream.of(rootCertificate()))
        .toList();
  }

  X509Certificate rootCertificate() {
    return PemFiles.certificates(folder.resolve(ROOT_CERTIFICATE)).get(0);
  }

  /** Whether a chain (leaf first, without the root) leads to this CA's root. */
  boolean issued(List<X509Certificate> chain) {
    return ChainCheck.isSignedBy(chain.get(chain.size() - 1), rootCertificate());
  }

  /** Replaces the intermediate by a new one with a new key of the same kind and scope. */
  void renewIntermediate() throws IOException {
    X509Certificate former = issuerChain().get(0);
    CertificateAuthority root =
        CertificateAuthority.of(List.of(rootCertificate()), key(folder.resolve(ROOT_KEY)), clock);
    KeyType keyType = KeyType.of(former.getPublicKey()).orElse(KeyType.ECDSA_P256);
    publish(intermediate(root, keyType, NameScope.permittedBy(former)));
  }

  private void publish(CertificateAuthority intermediate) throws IOException {
    new Generations(folder)
        .publish(
            Map.of(
                INTERMEDIATE_CERTIFICATE,
                publicFile(List.of(intermediate.certificate())),
                INTERMEDIATE_KEY,
                new Generations.Content(
                    encoded(intermediate.privateKey()).getBytes(StandardCharsets.US_ASCII),
                    PrivateFiles.OWNER_ONLY)),
            clock.instant());
  }

  private String encoded(PrivateKey key) {
    return password.map(secret -> secret.encrypt(key)).orElseGet(() -> Pem.encode(key));
  }

  static Generations.Content publicFile(List<X509Certificate> certificates) {
    return new Generations.Content(
        Pem.encode(certificates).getBytes(StandardCharsets.US_ASCII), PrivateFiles.PUBLIC);
  }
}
