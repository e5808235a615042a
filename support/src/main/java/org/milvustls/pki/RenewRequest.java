package org.milvustls.pki;

import java.util.Objects;

/**
 * What to renew and how.
 *
 * @param policy when a certificate is due
 * @param all renew every leaf, due or not
 * @param reuseKey keep the leaves' keys, for clients that pin them
 */
public record RenewRequest(RenewalPolicy policy, boolean all, boolean reuseKey) {
  public RenewRequest {
    Objects.requireNonNull(policy, "policy");
  }

  /** What is due by its lifetime, with new keys. */
  public static RenewRequest due() {
    return new RenewRequest(RenewalPolicy.byLifetime(), false, false);
  }
}
