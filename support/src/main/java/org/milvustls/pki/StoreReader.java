package org.milvustls.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/** Reads the entries of a PKCS#12 (RFC 7292) or JKS key store. */
final class StoreReader {
  private static final int JKS_MAGIC = 0xFEEDFEED;

  /** INTEGER 3, the version of RFC 7292, which follows the SEQUENCE in both forms of length. */
  private static final int[] PKCS12_VERSION = {0x02, 0x01, 0x03};

  private final Path file;
  private final Optional<KeyPassword> password;

  StoreReader(Path file, Optional<KeyPassword> password) {
    this.file = file;
    this.password = password;
  }

  static boolean isStore(byte[] bytes) {
    return isJks(bytes) || isPkcs12(bytes);
  }

  private static boolean isJks(byte[] bytes) {
    return bytes.length > 4 && ByteBuffer.wrap(bytes).getInt() == JKS_MAGIC;
  }

  private static boolean isPkcs12(byte[] bytes) {
    if (bytes.length < 8 || bytes[0] != 0x30) {
      return false;
    }
    int length = bytes[1] & 0xff;
    int offset = length > 0x80 && length <= 0x84 ? 2 + (length & 0x7f) : 2;
    if (bytes.length < offset + PKCS12_VERSION.length) {
      return false;
    }
    for (int i = 0; i < PKCS12_VERSION.length; i++) {
      if (bytes[offset + i] != PKCS12_VERSION[i]) {
        return false;
      }
    }
    return true;
  }

  List<Material> read(byte[] bytes) {
    try {
      KeyStore store = KeyStore.getInstance(isJks(bytes) ? "JKS" : "PKCS12");
      store.load(new ByteArrayInputStream(bytes), password());
      List<Material> materials = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        // Without the password, the certificates of a PKCS#12 store are hidden but not its aliases.
        if (store.getCertificate(alias) != null || password.isPresent()) {
          materials.add(entry(store, alias));
        }
      }
      if (materials.isEmpty()) {
        throw MilvusTlsException.failure(
                password.isPresent()
                    ? "the key store is empty"
                    : "the key store shows no entry without its password")
            .seen(file)
            .next("name the password's file with --password-file")
            .build();
      }
      return materials;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw failure(e);
    }
  }

  private Material entry(KeyStore store, String alias) throws GeneralSecurityException {
    String source = file + " [" + alias + "]";
    Certificate[] chain = store.getCertificateChain(alias);
    if (chain == null) {
      return Material.certificates(
          source, Material.Use.AUTHORITIES, List.of(x509(store.getCertificate(alias))));
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : chain) {
      certificates.add(x509(certificate));
    }
    Material material =
        Material.certificates(source, Material.Use.LEAF, certificates).withKeyFile(file);
    if (password.isEmpty()) {
      return material.withNote("the key was not checked: no password was given");
    }
    Key key = store.getKey(alias, password());
    return key instanceof PrivateKey privateKey ? material.withKey(privateKey) : material;
  }

  private X509Certificate x509(@Nullable Certificate certificate) {
    if (certificate instanceof X509Certificate x509) {
      return x509;
    }
    throw MilvusTlsException.failure("the key store holds an entry without an X.509 certificate")
        .seen(file)
        .build();
  }

  private char @Nullable [] password() {
    return password.map(KeyPassword::characters).orElse(null);
  }

  private MilvusTlsException failure(Exception e) {
    if (e instanceof MilvusTlsException known) {
      return known;
    }
    boolean wrongPassword =
        e instanceof UnrecoverableKeyException || e.getCause() instanceof UnrecoverableKeyException;
    return MilvusTlsException.failure(
            wrongPassword ? "wrong password for the key store" : "the key store is damaged")
        .seen(file)
        .next(
            wrongPassword
                ? "check the first line of the password file"
                : "take a whole copy of the file")
        .cause(e)
        .build();
  }
}
