package org.milvustls.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.milvustls.MilvusTlsException;

/** Whether a private key belongs to a certificate, decided by a signature made and verified. */
final class KeyMatch {
  private KeyMatch() {}

  static void require(X509Certificate certificate, PrivateKey key) {
    if (!matches(certificate.getPublicKey(), key)) {
      throw MilvusTlsException.failure("the private key is not that of the certificate")
          .seen(certificate.getSubjectX500Principal())
          .next("give the key that was made together with this certificate")
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
      // A key of another algorithm cannot even start: that too is "does not match".
      return false;
    }
  }
}
