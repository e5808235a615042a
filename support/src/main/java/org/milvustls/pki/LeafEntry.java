package org.milvustls.pki;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The record of a leaf in a certificate directory: the data to make its successor.
 *
 * @param role server or client
 * @param name name of the leaf's folder
 * @param source signer of the leaf
 * @param names host names to put into the certificate
 * @param keyType kind of the key
 * @param lifetime requested at the first issue
 * @param keyMode permissions of the key file
 * @param p12PasswordFile password file for an additional PKCS#12 store; empty: no store
 * @param deployPending time of the first change that is not deployed; empty: all are deployed
 */
public record LeafEntry(
    LeafRole role,
    String name,
    LeafSource source,
    List<HostName> names,
    KeyType keyType,
    Duration lifetime,
    KeyMode keyMode,
    Optional<Path> p12PasswordFile,
    Optional<Instant> deployPending) {
  public LeafEntry {
    Objects.requireNonNull(role, "role");
    LeafName.check(name);
    Objects.requireNonNull(source, "source");
    names = List.copyOf(names);
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(keyMode, "keyMode");
    Lifetimes.check(lifetime);
    p12PasswordFile = p12PasswordFile.map(file -> file.toAbsolutePath().normalize());
  }

  static LeafEntry of(LeafRequest request, LeafSource source, LeafStorage storage) {
    return new LeafEntry(
        request.role(),
        request.commonName(),
        source,
        request.names(),
        request.keyType(),
        request.lifetime(),
        storage.keyMode(),
        storage.p12PasswordFile(),
        Optional.empty());
  }

  LeafEntry withDeployPending(Optional<Instant> since) {
    return new LeafEntry(
        role, name, source, names, keyType, lifetime, keyMode, p12PasswordFile, since);
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
