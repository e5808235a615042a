package org.milvustls.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.milvustls.MilvusTlsException;

/**
 * A password for keys or key stores. It is read from a file, so that no command line contains it.
 */
public final class KeyPassword {
  /**
   * Number recommended by OWASP for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023).
   */
  private static final int ITERATIONS = 600_000;

  private final char[] characters;

  private KeyPassword(char[] characters) {
    this.characters = characters;
  }

  /** Takes the first line of a file, in UTF-8; an empty one is a usage error. */
  public static KeyPassword fromFile(Path file) {
    byte[] bytes = PemFiles.read(file);
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    if (end == 0) {
      throw MilvusTlsException.usage("the password file's first line is empty")
          .seen(file)
          .next("write the password into its first line, readable by you alone")
          .build();
    }
    char[] characters = new char[end];
    text.get(characters);
    Arrays.fill(bytes, (byte) 0);
    return new KeyPassword(characters);
  }

  /** The characters of a password; copied. */
  public static KeyPassword of(char[] characters) {
    return new KeyPassword(characters.clone());
  }

  /** A copy, for the key store classes of the JDK. */
  char[] characters() {
    return characters.clone();
  }

  /** Encrypted PKCS#8 (RFC 5958): PBES2 with AES-256-CBC and PBKDF2 with HMAC-SHA-256. */
  String encrypt(PrivateKey key) {
    try {
      return Pem.encode(
          "ENCRYPTED PRIVATE KEY",
          new JcaPKCS8Generator(
                  key,
                  new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                      .setProvider(new BouncyCastleProvider())
                      .setPRF(PKCS8Generator.PRF_HMACSHA256)
                      .setIterationCount(ITERATIONS)
                      .setPassword(characters())
                      .build())
              .generate()
              .getContent());
    } catch (IOException | OperatorCreationException e) {
      throw MilvusTlsException.failure("cannot encrypt a private key").cause(e).build();
    }
  }

  PrivateKey decrypt(byte[] encrypted) throws PemException {
    try {
      PrivateKeyInfo info =
          new PKCS8EncryptedPrivateKeyInfo(encrypted)
              .decryptPrivateKeyInfo(
                  new JceOpenSSLPKCS8DecryptorProviderBuilder()
                      .setProvider(new BouncyCastleProvider())
                      .build(characters()));
      return new JcaPEMKeyConverter().getPrivateKey(info);
    } catch (IOException | OperatorCreationException | PKCSException | RuntimeException e) {
      // Bouncy Castle's ASN.1 classes report damaged input as runtime exceptions of several kinds.
      throw new PemException("the encrypted key cannot be opened", "check the password", e);
    }
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "KeyPassword[hidden]";
  }
}
