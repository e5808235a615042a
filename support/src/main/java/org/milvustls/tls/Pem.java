package org.milvustls.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/** Reads PEM files (RFC 7468). Messages name the file and never show its content. */
final class Pem {
  private Pem() {}

  static List<X509Certificate> certificates(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw MilvusTlsException.failure("no certificate in the file").seen(file).build();
      }
      return found;
    } catch (CertificateException e) {
      throw MilvusTlsException.failure("not a PEM file with certificates")
          .seen(file)
          .allowed("one or more blocks 'BEGIN CERTIFICATE'")
          .cause(e)
          .build();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static PrivateKey privateKey(Path file, char @Nullable [] password) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        PEMParser parser = new PEMParser(reader)) {
      for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
        PrivateKeyInfo info = keyInfo(block, file, password);
        if (info != null) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
      }
      throw MilvusTlsException.failure("no private key in the file")
          .seen(file)
          .allowed("a block 'BEGIN PRIVATE KEY'")
          .build();
    } catch (CharacterCodingException | org.bouncycastle.openssl.PEMException e) {
      throw MilvusTlsException.failure("not a PEM file with a private key")
          .seen(file)
          .allowed("a block 'BEGIN PRIVATE KEY'")
          .cause(e)
          .build();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static @Nullable PrivateKeyInfo keyInfo(
      Object block, Path file, char @Nullable [] password) {
    if (block instanceof PrivateKeyInfo info) {
      return info;
    }
    if (block instanceof PEMKeyPair pair) {
      return pair.getPrivateKeyInfo();
    }
    if (block instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
      return decrypt(encrypted, file, password);
    }
    if (block instanceof PEMEncryptedKeyPair) {
      throw MilvusTlsException.failure("the private key is encrypted in OpenSSL's old format")
          .seen(file)
          .allowed("PKCS#8, encrypted or not")
          .next("convert it with 'openssl pkcs8 -topk8 -in OLD -out NEW'")
          .build();
    }
    return null;
  }

  private static PrivateKeyInfo decrypt(
      PKCS8EncryptedPrivateKeyInfo encrypted, Path file, char @Nullable [] password) {
    if (password == null) {
      throw MilvusTlsException.failure("the private key is encrypted and no password was given")
          .seen(file)
          .next("give its password, or an unencrypted key with mode 0600")
          .build();
    }
    try {
      return encrypted.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(new BouncyCastleProvider())
              .build(password));
    } catch (PKCSException | OperatorCreationException e) {
      throw MilvusTlsException.failure("the private key cannot be decrypted: wrong password?")
          .seen(file)
          .cause(e)
          .build();
    }
  }

  static MilvusTlsException unreadable(Path file, IOException e) {
    return MilvusTlsException.failure(
            e instanceof NoSuchFileException ? "no such file" : "the file cannot be read")
        .seen(file)
        .next("check the path and the permissions")
        .cause(e)
        .build();
  }
}
