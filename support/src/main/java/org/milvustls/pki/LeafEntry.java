package org.milvustls.pki;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a certificate directory records of a leaf, beside the files: how to make its successor.
 *
 * @param role server or client
 * @param name name of the leaf's folder
 * @param source who signs it
 * @param names host names to put into the certificate
 * @param keyType kind of the key
 * @param lifetime asked for at the beginning
 * @param keyMode who may read the key file
 * @param deployPending whether the current files were written but not yet deployed
 */
public record LeafEntry(
    LeafRole role,
    String name,
    LeafSource source,
    List<HostName> names,
    KeyType keyType,
    Duration lifetime,
    KeyMode keyMode,
    boolean deployPending) {
  public LeafEntry {
    Objects.requireNonNull(role, "role");
    LeafName.check(name);
    Objects.requireNonNull(source, "source");
    names = List.copyOf(names);
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(keyMode, "keyMode");
    Lifetimes.check(lifetime);
  }

  LeafEntry withDeployPending(boolean pending) {
    return new LeafEntry(role, name, source, names, keyType, lifetime, keyMode, pending);
  }

  boolean is(LeafRole otherRole, String otherName) {
    return role == otherRole && name.equals(otherName);
  }

  LeafRequest toRequest() {
    LeafRequest request =
        role == LeafRole.SERVER ? LeafRequest.server(name, names) : LeafRequest.client(name);
    return request.withKeyType(keyType).withLifetime(lifetime);
  }

  /** The folder inside the certificate directory, such as {@code servers/milvus}. */
  public String path() {
    return role.folder() + "/" + name;
  }
}
