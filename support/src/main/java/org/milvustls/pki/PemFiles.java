package org.milvustls.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** Reads PEM files; every error is one message that names the file. */
public final class PemFiles {
  /** More than any chain needs; prevents a wrong path from filling the memory. */
  private static final long LARGEST = 4L * 1024 * 1024;

  private PemFiles() {}

  /**
   * Reads all certificates of a file, in its order; other PEM blocks and text between are skipped.
   *
   * @return at least one certificate
   */
  public static List<X509Certificate> certificates(Path file) {
    try {
      return Pem.certificates(read(file));
    } catch (PemException e) {
      throw failure("cannot read certificates", file, e);
    }
  }

  /** Reads the only private key of a file: PKCS#8, PKCS#1 or SEC 1, unencrypted. */
  public static PrivateKey privateKey(Path file) {
    return privateKey(file, Optional.empty());
  }

  /** The same for a key that may be encrypted PKCS#8. */
  public static PrivateKey privateKey(Path file, Optional<KeyPassword> password) {
    try {
      return Pem.privateKey(read(file), password);
    } catch (PemException e) {
      throw failure("cannot read a private key", file, e);
    }
  }

  /** The content of a small text file, such as one with a secret. */
  public static String text(Path file) {
    return new String(read(file), StandardCharsets.UTF_8);
  }

  static MilvusTlsException failure(String what, Path file, PemException e) {
    MilvusTlsException.Builder error =
        MilvusTlsException.failure(what + ": " + e.getMessage()).seen(file).cause(e);
    return e.next().map(error::next).orElse(error).build();
  }

  static byte[] read(Path file) {
    return FileErrors.reading(
        "cannot read",
        file,
        () -> {
          if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
          }
          if (Files.size(file) > LARGEST) {
            throw new IOException("larger than " + LARGEST + " bytes, so not a PEM file");
          }
          return Files.readAllBytes(file);
        });
  }
}
