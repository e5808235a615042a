package org.milvustls.acme;

import java.util.Optional;

/**
 * The terms for a new ACME account; an existing account does not need them.
 *
 * @param agreed the user has agreed to the CA's terms of service
 * @param externalAccount to bind the account to; empty: the CA requires none
 */
public record AccountTerms(boolean agreed, Optional<ExternalAccount> externalAccount) {
  /** For an existing account. */
  public static final AccountTerms NONE = new AccountTerms(false, Optional.empty());
}
