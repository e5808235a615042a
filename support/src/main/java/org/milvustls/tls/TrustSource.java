package org.milvustls.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.milvustls.pki.PemFiles;

/** The source of a client's trust anchors. {@link #load()} reads it once for each context. */
public final class TrustSource {
  private final String description;
  private final List<Path> files;
  private final Supplier<List<X509Certificate>> loader;

  private TrustSource(
      String description, List<Path> files, Supplier<List<X509Certificate>> loader) {
    this.description = description;
    this.files = files;
    this.loader = loader;
  }

  /** All certificates of a PEM file (RFC 7468). */
  public static TrustSource pem(Path file) {
    return new TrustSource(file.toString(), List.of(file), () -> PemFiles.certificates(file));
  }

  /**
   * All certificates of a PKCS#12 or JKS store, whatever their alias.
   *
   * @param password of the store; copied
   */
  public static TrustSource keyStore(Path file, char[] password) {
    char[] copy = password.clone();
    return new TrustSource(
        file.toString(), List.of(file), () -> KeyStoreFiles.certificates(file, copy));
  }

  /** Certificates that are already in memory. */
  public static TrustSource certificates(List<X509Certificate> anchors) {
    List<X509Certificate> copy = List.copyOf(anchors);
    return new TrustSource(copy.size() + " certificates in memory", List.of(), () -> copy);
  }

  /** Reads the certificates now. An unusable file is a failure that names it. */
  public List<X509Certificate> load() {
    return loader.get();
  }

  /** The files that {@link #load()} reads; empty for material in memory. */
  public List<Path> files() {
    return files;
  }

  @Override
  public String toString() {
    return description;
  }
}
