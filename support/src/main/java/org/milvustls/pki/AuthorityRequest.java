package org.milvustls.pki;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/**
 * The request for a new CA.
 *
 * @param commonName the CA's name; must be unique, because clients confuse CAs with equal names
 * @param keyType kind of the CA's key
 * @param lifetime from not-before to not-after
 * @param permitted names that it may sign for; empty: any
 */
public record AuthorityRequest(
    String commonName, KeyType keyType, Duration lifetime, List<NameScope> permitted) {
  /** Default lifetime of a root: ten years. */
  public static final Duration ROOT_LIFETIME = Duration.ofDays(3650);

  /** Default lifetime of an intermediate: three years. */
  public static final Duration INTERMEDIATE_LIFETIME = Duration.ofDays(1095);

  public AuthorityRequest {
    Objects.requireNonNull(commonName, "commonName");
    Objects.requireNonNull(keyType, "keyType");
    Lifetimes.check(lifetime);
    permitted = List.copyOf(permitted);
    if (commonName.isBlank() || commonName.length() > LeafRequest.LONGEST_COMMON_NAME) {
      throw MilvusTlsException.usage("not a name for a CA")
          .seen(commonName)
          .allowed("1 to " + LeafRequest.LONGEST_COMMON_NAME + " characters")
          .build();
    }
  }

  /** A root with the defaults: ECDSA P-256, ten years. */
  public static AuthorityRequest root(String commonName) {
    return new AuthorityRequest(commonName, KeyType.ECDSA_P256, ROOT_LIFETIME, List.of());
  }

  /** An intermediate with the defaults: ECDSA P-256, three years. */
  public static AuthorityRequest intermediate(String commonName) {
    return new AuthorityRequest(commonName, KeyType.ECDSA_P256, INTERMEDIATE_LIFETIME, List.of());
  }

  /** A copy with another kind of key. */
  public AuthorityRequest withKeyType(KeyType other) {
    return new AuthorityRequest(commonName, other, lifetime, permitted);
  }

  /** A copy with another lifetime. */
  public AuthorityRequest withLifetime(Duration other) {
    return new AuthorityRequest(commonName, keyType, other, permitted);
  }

  /** A copy for a CA that may sign for these names only (critical name constraints). */
  public AuthorityRequest withPermitted(List<NameScope> scopes) {
    return new AuthorityRequest(commonName, keyType, lifetime, scopes);
  }
}
