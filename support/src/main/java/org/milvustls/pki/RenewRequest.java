package org.milvustls.pki;

import java.util.Objects;

/**
 * The request for a renewal.
 *
 * @param policy when a certificate is due
 * @param all renew every leaf, due or not
 * @param reuseKey keep the leaves' keys, for clients that pin them
 */
public record RenewRequest(RenewalPolicy policy, boolean all, boolean reuseKey) {
  public RenewRequest {
    Objects.requireNonNull(policy, "policy");
  }

  /** Renews the leaves that are due by their lifetime, with new keys. */
  public static RenewRequest due() {
    return new RenewRequest(RenewalPolicy.byLifetime(), false, false);
  }
}
