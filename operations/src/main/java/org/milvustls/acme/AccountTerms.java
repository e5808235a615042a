package org.milvustls.acme;

import java.util.Optional;

/**
 * What counts once, when an account is made; an account that is there already needs none of it.
 *
 * @param agreed the user has agreed to the CA's terms of service
 * @param externalAccount to bind the account to; empty: the CA asks for none
 */
public record AccountTerms(boolean agreed, Optional<ExternalAccount> externalAccount) {
  /** For an account that is there. */
  public static final AccountTerms NONE = new AccountTerms(false, Optional.empty());
}
