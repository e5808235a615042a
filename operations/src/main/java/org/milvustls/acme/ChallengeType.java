package org.milvustls.acme;

import java.util.Arrays;
import org.milvustls.MilvusTlsException;

/** The methods to prove control of a name to the CA (RFC 8555 section 8). */
public enum ChallengeType {
  /** A file at a well-known path on port 80 of the host. */
  HTTP_01("http-01"),
  /** A TXT record below the name; required for a wildcard. */
  DNS_01("dns-01");

  private final String id;

  ChallengeType(String id) {
    this.id = id;
  }

  /** The word in options and files. */
  public String id() {
    return id;
  }

  /** Finds a type by its {@link #id()}; another one is a usage error. */
  public static ChallengeType of(String id) {
    return Arrays.stream(values())
        .filter(type -> type.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                MilvusTlsException.usage("unknown challenge")
                    .seen(id)
                    .allowed("http-01, dns-01")
                    .build());
  }

  @Override
  public String toString() {
    return id;
  }
}
