package org.milvustls.tls;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** Key exchange groups (IANA registry "TLS Supported Groups", RFC 8446 section 4.2.7). */
public enum NamedGroup {
  SECP256R1("secp256r1", "P-256", 0x0017),
  SECP384R1("secp384r1", "P-384", 0x0018),
  SECP521R1("secp521r1", "P-521", 0x0019),
  X25519("x25519", "X25519", 0x001d),
  /** Hybrid of X25519 and ML-KEM-768 (draft-ietf-tls-ecdhe-mlkem). */
  X25519MLKEM768("x25519mlkem768", "X25519MLKEM768", 0x11ec);

  private final String id;
  private final String boringSslName;
  private final int wireValue;

  NamedGroup(String id, String boringSslName, int wireValue) {
    this.id = id;
    this.boringSslName = boringSslName;
    this.wireValue = wireValue;
  }

  /**
   * The name used in options, files and reports; for the NIST curves and X25519 also that of {@code
   * jdk.tls.namedGroups}.
   */
  public String id() {
    return id;
  }

  /** The name that BoringSSL's {@code SSL_CTX_set1_groups_list} takes. */
  public String boringSslName() {
    return boringSslName;
  }

  /** The number on the wire. */
  public int wireValue() {
    return wireValue;
  }

  /** The group with this number on the wire, if it is one that this project knows. */
  public static Optional<NamedGroup> ofWireValue(int value) {
    return Arrays.stream(values()).filter(group -> group.wireValue == value).findFirst();
  }

  /**
   * Finds a group by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static NamedGroup of(String id) {
    return Arrays.stream(values())
        .filter(group -> group.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown named group")
                    .seen(id)
                    .allowed(
                        Arrays.stream(values())
                            .map(NamedGroup::id)
                            .collect(Collectors.joining(", ")))
                    .build());
  }

  @Override
  public String toString() {
    return id;
  }
}
