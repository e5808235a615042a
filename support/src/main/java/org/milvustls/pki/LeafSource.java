package org.milvustls.pki;

import java.util.Arrays;
import org.milvustls.MilvusTlsException;

/** The signer of a leaf, which is also the one that can renew it. */
public enum LeafSource {
  /** The private CA in the same directory. */
  PRIVATE("private"),
  /** A public CA over ACME (RFC 8555). */
  ACME("acme"),
  /** Another CA, such as a corporate one; its answer was imported. */
  IMPORTED("imported");

  private final String id;

  LeafSource(String id) {
    this.id = id;
  }

  /** The word in {@code state.json} and in reports. */
  public String id() {
    return id;
  }

  static LeafSource of(String id) {
    return Arrays.stream(values())
        .filter(source -> source.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.failure("unknown source of a leaf")
                    .seen(id)
                    .allowed("private, acme, imported")
                    .build());
  }

  @Override
  public String toString() {
    return id;
  }
}
