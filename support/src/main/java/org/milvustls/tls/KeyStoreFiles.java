package org.milvustls.tls;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/** Reads PKCS#12 and JKS stores; the format is detected from the file. */
final class KeyStoreFiles {
  private KeyStoreFiles() {}

  static List<X509Certificate> certificates(Path file, char[] password) {
    KeyStore store = open(file, password);
    try {
      List<X509Certificate> found =
          Collections.list(store.aliases()).stream()
              .map(alias -> certificate(store, alias))
              .filter(X509Certificate.class::isInstance)
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw MilvusTlsException.failure("no certificate in the key store").seen(file).build();
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw broken(file, e);
    }
  }

  static Identity.Pair pair(Path file, char[] password) {
    KeyStore store = open(file, password);
    try {
      List<String> keys =
          Collections.list(store.aliases()).stream().filter(alias -> isKey(store, alias)).toList();
      if (keys.size() != 1) {
        throw MilvusTlsException.failure("the key store must hold exactly one private key")
            .seen(file)
            .allowed("one entry with a key; found " + keys)
            .build();
      }
      String alias = keys.get(0);
      PrivateKey key = (PrivateKey) Objects.requireNonNull(store.getKey(alias, password));
      List<X509Certificate> chain =
          Arrays.stream(Objects.requireNonNull(store.getCertificateChain(alias)))
              .map(X509Certificate.class::cast)
              .toList();
      return Identity.Pair.of(withoutRoot(chain), key);
    } catch (GeneralSecurityException e) {
      throw broken(file, e);
    }
  }

  /** The chain without its root. PKCS#12 adds a root from the store, which peers already have. */
  private static List<X509Certificate> withoutRoot(List<X509Certificate> chain) {
    X509Certificate last = chain.get(chain.size() - 1);
    boolean root = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return root && chain.size() > 1 ? chain.subList(0, chain.size() - 1) : chain;
  }

  private static Certificate certificate(KeyStore store, String alias) {
    try {
      return store.getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a loaded key store answers", e);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a loaded key store answers", e);
    }
  }

  private static KeyStore open(Path path, char[] password) {
    File file = path.toFile();
    try {
      return KeyStore.getInstance(file, password);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw MilvusTlsException.failure("wrong password for the key store")
            .seen(path)
            .cause(e)
            .build();
      }
      if (!file.canRead()) {
        throw unreadable(path, e);
      }
      throw broken(path, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      if (!file.canRead()) {
        throw unreadable(path, e);
      }
      throw broken(path, e);
    }
  }

  private static MilvusTlsException unreadable(Path file, Exception e) {
    return MilvusTlsException.failure("the file cannot be read")
        .seen(file)
        .next("check the path and the permissions")
        .cause(e)
        .build();
  }

  private static MilvusTlsException broken(Path file, Exception e) {
    return MilvusTlsException.failure("not a key store that can be read")
        .seen(file)
        .allowed("PKCS#12 or JKS")
        .cause(e)
        .build();
  }
}
