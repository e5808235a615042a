package org.milvustls.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.milvustls.pki.KeyMatch;
import org.milvustls.pki.KeyPassword;
import org.milvustls.pki.PemFiles;

/**
 * The source of a certificate chain and its private key, for a server, or for a client in mutual
 * TLS. {@link #load()} reads it; secrets are never printed.
 */
public final class Identity {
  private final String description;
  private final List<Path> files;
  private final Supplier<Pair> loader;

  private Identity(String description, List<Path> files, Supplier<Pair> loader) {
    this.description = description;
    this.files = files;
    this.loader = loader;
  }

  /** Two PEM files: the chain, leaf first, and the key, unencrypted (PKCS#8, PKCS#1 or SEC 1). */
  public static Identity pem(Path chain, Path key) {
    return pemFiles(chain, key, Optional.empty());
  }

  /**
   * Two PEM files, the key as encrypted PKCS#8.
   *
   * @param password of the key; copied
   */
  public static Identity pem(Path chain, Path key, char[] password) {
    return pemFiles(chain, key, Optional.of(KeyPassword.of(password)));
  }

  private static Identity pemFiles(Path chain, Path key, Optional<KeyPassword> password) {
    return new Identity(
        chain + " with " + key,
        List.of(chain, key),
        () -> new Pair(PemFiles.certificates(chain), PemFiles.privateKey(key, password)));
  }

  /**
   * The one entry with a key of a PKCS#12 or JKS store.
   *
   * @param password of the store and of the key; copied
   */
  public static Identity keyStore(Path file, char[] password) {
    char[] copy = password.clone();
    return new Identity(file.toString(), List.of(file), () -> KeyStoreFiles.pair(file, copy));
  }

  /** A pair that is already in memory. */
  public static Identity of(List<X509Certificate> chain, PrivateKey key) {
    Pair pair = new Pair(chain, key);
    return new Identity("pair in memory", List.of(), () -> pair);
  }

  /**
   * Reads chain and key now and checks that they match. A mismatch is a failure that names the
   * files.
   */
  public Pair load() {
    Pair pair = loader.get();
    pair.requireMatch(description);
    return pair;
  }

  /** The files that {@link #load()} reads; empty for material in memory. */
  public List<Path> files() {
    return files;
  }

  @Override
  public String toString() {
    return description;
  }

  /** A chain, leaf first, with the private key of the leaf. */
  public static final class Pair {
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private Pair(List<X509Certificate> chain, PrivateKey key) {
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("a chain needs at least its leaf");
      }
      this.chain = List.copyOf(chain);
      this.key = key;
    }

    static Pair of(List<X509Certificate> chain, PrivateKey key) {
      return new Pair(chain, key);
    }

    public List<X509Certificate> chain() {
      return chain;
    }

    public X509Certificate leaf() {
      return chain.get(0);
    }

    public PrivateKey key() {
      return key;
    }

    private void requireMatch(String where) {
      KeyMatch.require(leaf(), key, where);
    }

    @Override
    public String toString() {
      return "pair of " + leaf().getSubjectX500Principal() + " (key not shown)";
    }
  }
}
