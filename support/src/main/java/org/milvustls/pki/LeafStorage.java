package org.milvustls.pki;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How the files of a leaf are written.
 *
 * @param keyMode who may read the key file
 * @param p12PasswordFile file with the password of the PKCS#12 store to write too; empty: none. It
 *     is read again at each renewal
 */
public record LeafStorage(KeyMode keyMode, Optional<Path> p12PasswordFile) {
  /** PEM only, the key for its owner only. */
  public static final LeafStorage DEFAULT = new LeafStorage(KeyMode.OWNER, Optional.empty());

  public LeafStorage {
    Objects.requireNonNull(keyMode, "keyMode");
    // A file that cannot be used is found before anything is written.
    p12PasswordFile.ifPresent(KeyPassword::fromFile);
  }
}
