package org.milvustls.pki;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The storage of a leaf's files.
 *
 * @param keyMode permissions of the key file
 * @param p12PasswordFile password file for an additional PKCS#12 store; empty: no store. It is read
 *     again at each renewal
 */
public record LeafStorage(KeyMode keyMode, Optional<Path> p12PasswordFile) {
  /** PEM only, the key for its owner only. */
  public static final LeafStorage DEFAULT = new LeafStorage(KeyMode.OWNER, Optional.empty());

  public LeafStorage {
    Objects.requireNonNull(keyMode, "keyMode");
    // Detects an unusable file before anything is written.
    p12PasswordFile.ifPresent(KeyPassword::fromFile);
  }
}
