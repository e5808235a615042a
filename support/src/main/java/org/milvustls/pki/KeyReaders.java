package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The users besides the owner who can read a key file. A group counts as intended where root owns
 * the file. Kubernetes ({@code fsGroup}) and Debian ({@code ssl-cert}) share keys in this way, and
 * PostgreSQL uses the same rule.
 *
 * @param permissions of the file
 * @param group its group's name or number
 * @param ofRoot whether root owns it
 */
record KeyReaders(Set<PosixFilePermission> permissions, String group, boolean ofRoot) {
  /** Empty on a file system without POSIX permissions, where the readers are unknown. */
  static Optional<KeyReaders> of(Path file) {
    try {
      PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
      return Optional.of(
          new KeyReaders(
              attributes.permissions(),
              attributes.group().getName(),
              Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"))));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  boolean everybody() {
    return permissions.contains(PosixFilePermission.OTHERS_READ);
  }

  boolean theGroup() {
    return permissions.contains(PosixFilePermission.GROUP_READ);
  }

  @Override
  public String toString() {
    return PosixFilePermissions.toString(permissions);
  }
}
