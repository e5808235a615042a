package org.milvustls.pki;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/** A leaf with its chain and its private key. */
public final class IssuedCertificate {
  private final List<X509Certificate> chain;
  private final PrivateKey privateKey;

  IssuedCertificate(List<X509Certificate> chain, PrivateKey privateKey) {
    this.chain = List.copyOf(chain);
    this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
  }

  /** The leaf. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The leaf, then the intermediates; never the root, which a peer must have already. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** The leaf's key. */
  public PrivateKey privateKey() {
    return privateKey;
  }

  /**
   * Writes the chain as PEM (RFC 7468) and the key as unencrypted PKCS#8 PEM, the key with
   * permissions 0600 from its first byte. An existing file is an error and stays unchanged.
   */
  public void writePem(Path chainFile, Path keyFile) {
    FileErrors.failing(
        "cannot write the key",
        keyFile,
        () -> PrivateFiles.create(keyFile, Pem.encode(privateKey), PrivateFiles.OWNER_ONLY));
    FileErrors.failing(
        "cannot write the certificate",
        chainFile,
        () -> PrivateFiles.create(chainFile, Pem.encode(chain), PrivateFiles.PUBLIC));
  }

  /** Names the leaf; never shows its key. */
  @Override
  public String toString() {
    return "IssuedCertificate[" + certificate().getSubjectX500Principal() + ", key hidden]";
  }
}
