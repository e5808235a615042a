package org.milvustls.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.milvustls.MilvusTlsException;

/** Tells whether a private key belongs to a certificate, by signing and verifying. */
final class KeyMatch {
  private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

  private KeyMatch() {}

  static void require(X509Certificate leaf, PrivateKey key, String where) {
    if (!matches(leaf.getPublicKey(), key)) {
      throw MilvusTlsException.failure("the private key does not belong to the certificate")
          .seen(where)
          .allowed("the key of " + leaf.getSubjectX500Principal())
          .next("name the key that was made with this certificate, or issue a new pair")
          .build();
    }
  }

  static boolean matches(PublicKey publicKey, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException differentKinds) {
      return false;
    }
  }

  private static String algorithm(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      default -> keyAlgorithm;
    };
  }
}
