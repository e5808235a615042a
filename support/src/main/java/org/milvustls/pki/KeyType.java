package org.milvustls.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.milvustls.MilvusTlsException;

/** The kinds of key that this project makes. */
public enum KeyType {
  /** NIST P-256 (FIPS 186-5): the default; quick to sign and accepted everywhere. */
  ECDSA_P256("ecdsa-p256", "EC"),
  /** NIST P-384 (FIPS 186-5). */
  ECDSA_P384("ecdsa-p384", "EC"),
  /** RFC 8410. Clients on BoringSSL refuse it, so gRPC with a native provider does too. */
  ED25519("ed25519", "Ed25519"),
  /** RSA with a modulus of 2048 bits: the smallest size that is considered safe. */
  RSA_2048("rsa-2048", "RSA"),
  /** RSA with a modulus of 3072 bits. */
  RSA_3072("rsa-3072", "RSA"),
  /** RSA with a modulus of 4096 bits: seconds to generate. */
  RSA_4096("rsa-4096", "RSA");

  private final String id;
  private final String algorithm;

  KeyType(String id, String algorithm) {
    this.id = id;
    this.algorithm = algorithm;
  }

  /** The name used in options, files and reports. */
  public String id() {
    return id;
  }

  /**
   * Finds a type by its {@link #id()}; an unknown name is a usage error that lists the valid ones.
   */
  public static KeyType of(String id) {
    return Arrays.stream(values())
        .filter(type -> type.id.equals(id))
        .findFirst()
        .orElseThrow(
            () -> MilvusTlsException.usage("unknown key type").seen(id).allowed(ids()).build());
  }

  /** The type of an existing key; empty for a key of another kind or size. */
  public static Optional<KeyType> of(PublicKey key) {
    String id = describe(key);
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }

  /** Makes a new pair with the JDK's own provider and its default source of randomness. */
  public KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters());
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw MilvusTlsException.failure("this JVM cannot make a key")
          .seen(id)
          .allowed(ids())
          .next("choose another key type, or a JVM with the standard providers")
          .cause(e)
          .build();
    }
  }

  private AlgorithmParameterSpec parameters() {
    return switch (this) {
      case ECDSA_P256 -> new ECGenParameterSpec("secp256r1");
      case ECDSA_P384 -> new ECGenParameterSpec("secp384r1");
      case ED25519 -> NamedParameterSpec.ED25519;
      case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
      case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
      case RSA_4096 -> new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4);
    };
  }

  /** Kind and size of any public key in the notation of {@link #id()}, such as {@code rsa-1024}. */
  static String describe(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "rsa-" + rsa.getModulus().bitLength();
    }
    if (key instanceof ECPublicKey ec) {
      return "ecdsa-p" + ec.getParams().getOrder().bitLength();
    }
    if (key instanceof EdECPublicKey edwards) {
      return edwards.getParams().getName().toLowerCase(Locale.ROOT);
    }
    return key.getAlgorithm().toLowerCase(Locale.ROOT);
  }

  /** The JCA name of the signature algorithm for the private key of {@code key}. */
  static String signatureAlgorithm(PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getOrder().bitLength();
      return bits <= 256 ? "SHA256withECDSA" : bits <= 384 ? "SHA384withECDSA" : "SHA512withECDSA";
    }
    if (key instanceof EdECPublicKey edwards) {
      return edwards.getParams().getName();
    }
    return key instanceof RSAPublicKey ? "SHA256withRSA" : key.getAlgorithm();
  }

  private static String ids() {
    return Arrays.stream(values()).map(KeyType::id).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return id;
  }
}
