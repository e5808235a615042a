package org.milvustls.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.milvustls.MilvusTlsException;

/**
 * Checks that a private key belongs to a certificate: signs with the key and verifies with the
 * certificate.
 */
public final class KeyMatch {
  private KeyMatch() {}

  /**
   * Refuses a key of another certificate.
   *
   * @param where the key comes from, for the message
   * @throws MilvusTlsException when it does not match
   */
  public static void require(X509Certificate certificate, PrivateKey key, String where) {
    if (!matches(certificate.getPublicKey(), key)) {
      throw MilvusTlsException.failure("the private key does not belong to the certificate")
          .seen(where)
          .allowed("the key of " + certificate.getSubjectX500Principal())
          .next("name the key that was made with this certificate, or issue a new pair")
          .build();
    }
  }

  static boolean matches(PublicKey publicKey, PrivateKey key) {
    byte[] challenge = new byte[32];
    new SecureRandom().nextBytes(challenge);
    try {
      Signature signature = Signature.getInstance(KeyType.signatureAlgorithm(publicKey));
      signature.initSign(key);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException | ArithmeticException e) {
      // A key of another algorithm cannot sign or verify: it does not match either.
      return false;
    }
  }
}
