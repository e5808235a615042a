package org.milvustls.milvus;

import java.util.Objects;

/**
 * A link between a Milvus server and something else.
 *
 * @param name such as {@code client (gRPC)}
 * @param protection whether TLS is on
 * @param remark consequence, or why it is not known
 */
public record Link(String name, Protection protection, String remark) {
  /** The protection of a link. */
  public enum Protection {
    /** TLS is on. */
    ENCRYPTED,
    /** Anyone on the network path can read it. */
    PLAINTEXT,
    /** There is no such link. */
    NONE,
    /** It is not visible from here. */
    UNKNOWN;

    /** The word used in reports. */
    public String id() {
      return switch (this) {
        case ENCRYPTED -> "encrypted";
        case PLAINTEXT -> "plaintext";
        case NONE -> "none";
        case UNKNOWN -> "unknown";
      };
    }
  }

  public Link {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(protection, "protection");
    Objects.requireNonNull(remark, "remark");
  }
}
