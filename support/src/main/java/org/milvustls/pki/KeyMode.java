package org.milvustls.pki;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** The permissions of a leaf's key file. */
public enum KeyMode {
  /** The owner alone: the default. */
  OWNER("0600", "rw-------"),
  /** The owner and the group, for a container that runs as another user of the same group. */
  GROUP("0640", "rw-r-----");

  private final String id;
  private final String permissions;

  KeyMode(String id, String permissions) {
    this.id = id;
    this.permissions = permissions;
  }

  /** The mode in octal, as {@code chmod} takes it. */
  public String id() {
    return id;
  }

  /** Finds a mode by its {@link #id()}; another one is a usage error. */
  public static KeyMode of(String id) {
    return Arrays.stream(values())
        .filter(mode -> mode.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("not a mode for a private key")
                    .seen(id)
                    .allowed(
                        Arrays.stream(values()).map(KeyMode::id).collect(Collectors.joining(", ")))
                    .build());
  }

  Set<PosixFilePermission> permissions() {
    return PosixFilePermissions.fromString(permissions);
  }

  @Override
  public String toString() {
    return id;
  }
}
