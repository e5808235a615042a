package org.milvustls.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * The request for a new leaf. Start with {@link #server} or {@link #client} and change the
 * differences.
 *
 * @param role decides the extended key usage
 * @param commonName for people; never matched by clients
 * @param names the subject alternative names, at least one
 * @param keyType kind of the leaf's key
 * @param lifetime from not-before to not-after
 * @param notBefore first moment of validity; empty: five minutes ago
 */
public record LeafRequest(
    LeafRole role,
    String commonName,
    List<HostName> names,
    KeyType keyType,
    Duration lifetime,
    Optional<Instant> notBefore) {
  /** Default lifetime of a leaf: 90 days. */
  public static final Duration LIFETIME = Duration.ofDays(90);

  /** {@code ub-common-name} of RFC 5280 appendix A.1. */
  static final int LONGEST_COMMON_NAME = 64;

  public LeafRequest {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(keyType, "keyType");
    Lifetimes.check(lifetime);
    names = List.copyOf(names);
    if (commonName.isBlank() || commonName.length() > LONGEST_COMMON_NAME) {
      throw MilvusTlsException.usage("not a common name")
          .seen(commonName)
          .allowed("1 to " + LONGEST_COMMON_NAME + " characters")
          .build();
    }
    if (names.isEmpty()) {
      throw MilvusTlsException.usage("a certificate without a host name matches no host")
          .next("give at least one DNS name or IP address")
          .build();
    }
  }

  /** A server leaf with the defaults: ECDSA P-256, 90 days. */
  public static LeafRequest server(String commonName, List<HostName> names) {
    return new LeafRequest(
        LeafRole.SERVER, commonName, names, KeyType.ECDSA_P256, LIFETIME, Optional.empty());
  }

  /** A client leaf with the defaults: ECDSA P-256, 90 days, its name as DNS name. */
  public static LeafRequest client(String name) {
    return new LeafRequest(
        LeafRole.CLIENT,
        name,
        List.of(HostName.of(LeafName.check(name))),
        KeyType.ECDSA_P256,
        LIFETIME,
        Optional.empty());
  }

  /** A copy with another kind of key. */
  public LeafRequest withKeyType(KeyType other) {
    return new LeafRequest(role, commonName, names, other, lifetime, notBefore);
  }

  /** A copy with another lifetime. */
  public LeafRequest withLifetime(Duration other) {
    return new LeafRequest(role, commonName, names, keyType, other, notBefore);
  }

  /** A copy with an explicit start, for a leaf that is expired or not yet valid. */
  public LeafRequest withNotBefore(Instant start) {
    return new LeafRequest(role, commonName, names, keyType, lifetime, Optional.of(start));
  }
}
