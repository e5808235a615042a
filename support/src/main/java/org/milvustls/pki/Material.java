package org.milvustls.pki;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certificates to inspect, with their known use. May contain a key, so it is never printed. */
final class Material {
  /** The use of certificates. */
  enum Use {
    SERVER,
    CLIENT,
    /** A leaf of one side. */
    LEAF,
    /** Certificates to trust, or those of a CA. */
    AUTHORITIES
  }

  private final String source;
  private final Use use;
  private final List<X509Certificate> chain;
  private final Optional<PrivateKey> key;
  private final Optional<Path> keyFile;
  private final boolean keyAmongCertificates;
  private final List<String> notes;

  private Material(
      String source,
      Use use,
      List<X509Certificate> chain,
      Optional<PrivateKey> key,
      Optional<Path> keyFile,
      boolean keyAmongCertificates,
      List<String> notes) {
    this.source = source;
    this.use = use;
    this.chain = List.copyOf(chain);
    this.key = key;
    this.keyFile = keyFile;
    this.keyAmongCertificates = keyAmongCertificates;
    this.notes = List.copyOf(notes);
  }

  static Material certificates(String source, Use use, List<X509Certificate> chain) {
    return new Material(source, use, chain, Optional.empty(), Optional.empty(), false, List.of());
  }

  /** A copy with the key of the first certificate. */
  Material withKey(PrivateKey privateKey) {
    return new Material(
        source, use, chain, Optional.of(privateKey), keyFile, keyAmongCertificates, notes);
  }

  /** A copy with the file of the key. */
  Material withKeyFile(Path file) {
    return new Material(source, use, chain, key, Optional.of(file), keyAmongCertificates, notes);
  }

  /** A copy for a PEM file with certificates and a private key. */
  Material withKeyAmongCertificates() {
    return new Material(source, use, chain, key, keyFile, true, notes);
  }

  /** A copy with one more remark. */
  Material withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Material(source, use, chain, key, keyFile, keyAmongCertificates, more);
  }

  String source() {
    return source;
  }

  Use use() {
    return use;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  Optional<PrivateKey> key() {
    return key;
  }

  Optional<Path> keyFile() {
    return keyFile;
  }

  boolean keyAmongCertificates() {
    return keyAmongCertificates;
  }

  List<String> notes() {
    return notes;
  }

  @Override
  public String toString() {
    return "Material[" + source + ", " + use + ", key hidden]";
  }
}
