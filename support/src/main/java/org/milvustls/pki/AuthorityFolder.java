package org.milvustls.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/**
 * The files of one CA: {@code root.pem}, {@code root.key} (which may be taken offline) and the
 * intermediate pair that signs leaves. Root files are plain files, so that moving the key moves the
 * key and not a link.
 */
final class AuthorityFolder {
  static final String ROOT_CERTIFICATE = "root.pem";
  static final String ROOT_KEY = "root.key";
  static final String INTERMEDIATE_CERTIFICATE = "intermediate.pem";
  static final String INTERMEDIATE_KEY = "intermediate.key";

  private final Path folder;
  private final Clock clock;

  AuthorityFolder(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Makes a new CA with a subject that no other has: clients tell CAs apart by their subjects.
   *
   * @return the intermediate, ready to sign
   */
  CertificateAuthority create(LeafRole role, KeyType keyType) throws IOException {
    byte[] tag = new byte[4];
    new SecureRandom().nextBytes(tag);
    String suffix =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + " " + HexFormat.of().formatHex(tag);
    CertificateAuthority root =
        CertificateAuthority.root(
            AuthorityRequest.root("Milvus " + role + " root CA " + suffix).withKeyType(keyType),
            clock);
    CertificateAuthority intermediate =
        root.intermediate(
            AuthorityRequest.intermediate("Milvus " + role + " CA " + suffix).withKeyType(keyType));
    PrivateFiles.createFolder(folder, PrivateFiles.OWNER_FOLDER);
    PrivateFiles.create(
        folder.resolve(ROOT_KEY), Pem.encode(root.privateKey()), PrivateFiles.OWNER_ONLY);
    PrivateFiles.create(
        folder.resolve(ROOT_CERTIFICATE),
        Pem.encode(List.of(root.certificate())),
        PrivateFiles.PUBLIC);
    publishIntermediate(intermediate);
    return intermediate;
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
    List<X509Certificate> chain =
        Stream.concat(
                PemFiles.certificates(folder.resolve(INTERMEDIATE_CERTIFICATE)).stream(),
                Stream.of(rootCertificate()))
            .toList();
    return CertificateAuthority.of(chain, PemFiles.privateKey(keyFile), clock);
  }

  X509Certificate rootCertificate() {
    return PemFiles.certificates(folder.resolve(ROOT_CERTIFICATE)).get(0);
  }

  private void publishIntermediate(CertificateAuthority intermediate) throws IOException {
    new Generations(folder)
        .publish(
            Map.of(
                INTERMEDIATE_CERTIFICATE,
                publicFile(List.of(intermediate.certificate())),
                INTERMEDIATE_KEY,
                new Generations.Content(
                    Pem.encode(intermediate.privateKey()).getBytes(StandardCharsets.US_ASCII),
                    PrivateFiles.OWNER_ONLY)),
            clock.instant());
  }

  static Generations.Content publicFile(List<X509Certificate> certificates) {
    return new Generations.Content(
        Pem.encode(certificates).getBytes(StandardCharsets.US_ASCII), PrivateFiles.PUBLIC);
  }
}
