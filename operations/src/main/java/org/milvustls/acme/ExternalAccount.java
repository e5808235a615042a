package org.milvustls.acme;

import java.util.Base64;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/**
 * An existing account at the CA to which a new ACME account is bound (RFC 8555 section 7.3.4). Its
 * key is a secret.
 */
public final class ExternalAccount {
  private final String keyIdentifier;
  private final String key;

  /**
   * An external account.
   *
   * @param keyIdentifier key identifier from the CA
   * @param key the MAC key from the CA, in base64url
   */
  public ExternalAccount(String keyIdentifier, String key) {
    this.keyIdentifier = Objects.requireNonNull(keyIdentifier, "keyIdentifier");
    this.key = requireBase64(key.strip());
  }

  private static String requireBase64(String key) {
    try {
      if (Base64.getUrlDecoder().decode(key).length > 0) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the value and without a cause that would show a part of it.
    }
    throw MilvusTlsException.usage("the key of the external account is not base64url")
        .next("copy it again from the page of the CA, without quotes")
        .build();
  }

  String keyIdentifier() {
    return keyIdentifier;
  }

  String key() {
    return key;
  }

  /** Shows the identifier only. */
  @Override
  public String toString() {
    return "ExternalAccount[" + keyIdentifier + ", key hidden]";
  }
}
