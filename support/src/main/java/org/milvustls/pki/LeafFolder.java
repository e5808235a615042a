package org.milvustls.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** The folder of one leaf: all files that its holder needs, and no others. */
final class LeafFolder {
  private final Path parent;
  private final Path folder;
  private final LeafRole role;

  /**
   * The folder of a leaf.
   *
   * @param directory the certificate directory
   */
  LeafFolder(Path directory, LeafRole role, String name) {
    this.parent = directory.resolve(role.folder());
    this.folder = parent.resolve(LeafName.check(name));
    this.role = role;
  }

  boolean exists() {
    return Files.exists(certificate());
  }

  Path path() {
    return folder;
  }

  /** Leaf, then intermediates. */
  Path certificate() {
    return folder.resolve(role.id() + ".pem");
  }

  Path key() {
    return folder.resolve(role.id() + ".key");
  }

  /** Key and chain in one file, if requested. */
  Path p12() {
    return folder.resolve(role.id() + ".p12");
  }

  /** The trust anchors for peers: for a server the client CA, for a client the server CA. */
  Path peerAnchors() {
    return folder.resolve(role == LeafRole.SERVER ? "client-ca.pem" : "ca.pem");
  }

  List<X509Certificate> chain() {
    return PemFiles.certificates(certificate());
  }

  /** Empty for a leaf whose key is elsewhere. */
  Optional<PrivateKey> privateKey() {
    return Files.exists(key()) ? Optional.of(PemFiles.privateKey(key())) : Optional.empty();
  }

  /** Writes a new generation and switches to it. */
  void publish(
      LeafEntry entry,
      List<X509Certificate> chain,
      Optional<PrivateKey> key,
      List<X509Certificate> peerAnchors,
      Instant now)
      throws IOException {
    Map<String, Generations.Content> files = new LinkedHashMap<>();
    files.put(nameOf(certificate()), AuthorityFolder.publicFile(chain));
    files.put(nameOf(peerAnchors()), AuthorityFolder.publicFile(peerAnchors));
    if (key.isPresent()) {
      files.put(
          nameOf(key()),
          new Generations.Content(
              Pem.encode(key.get()).getBytes(StandardCharsets.US_ASCII),
              entry.keyMode().permissions()));
      if (entry.p12PasswordFile().isPresent()) {
        KeyPassword password = KeyPassword.fromFile(entry.p12PasswordFile().get());
        files.put(
            nameOf(p12()),
            new Generations.Content(
                pkcs12(entry.name(), chain, key.get(), password), entry.keyMode().permissions()));
      }
    }
    PrivateFiles.createFolder(parent, PrivateFiles.OPEN_FOLDER);
    PrivateFiles.createFolder(folder, PrivateFiles.OPEN_FOLDER);
    new Generations(folder).publish(files, now);
  }

  private static byte[] pkcs12(
      String alias, List<X509Certificate> chain, PrivateKey key, KeyPassword password)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(alias, key, password.characters(), chain.toArray(X509Certificate[]::new));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.characters());
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw MilvusTlsException.failure("cannot make a PKCS#12 store").cause(e).build();
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
