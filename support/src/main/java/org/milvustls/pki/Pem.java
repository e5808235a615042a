package org.milvustls.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Certificates and keys as PEM text (RFC 7468). Bouncy Castle's {@code PEMParser} reads the keys;
 * the blocks of a file are read here, since it refuses a file with a block of a type that it does
 * not know, and files of certificates may hold anything.
 */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  private static final Set<String> KEYS =
      Set.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";

  private Pem() {}

  static String encode(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(encode(CERTIFICATE, certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a parsed certificate has an encoding", e);
      }
    }
    return text.toString();
  }

  /** Unencrypted PKCS#8, the only form that the Milvus SDK reads. */
  static String encode(PrivateKey key) {
    return encode("PRIVATE KEY", key.getEncoded());
  }

  static String encode(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** All certificates in their order, at least one. */
  static List<X509Certificate> certificates(byte[] bytes) throws PemException {
    List<PemObject> blocks = blocks(bytes);
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemObject block : blocks) {
      if (block.getType().equals(CERTIFICATE)) {
        certificates.add(certificate(block.getContent()));
      }
    }
    if (certificates.isEmpty()) {
      throw new PemException("it holds no certificate but " + types(blocks), null, null);
    }
    return List.copyOf(certificates);
  }

  /** Says if there is a private key, encrypted or not. */
  static boolean holdsKey(List<PemObject> blocks) {
    return blocks.stream()
        .anyMatch(block -> KEYS.contains(block.getType()) || block.getType().equals(ENCRYPTED_KEY));
  }

  /** The only private key. */
  static PrivateKey privateKey(byte[] bytes, Optional<KeyPassword> password) throws PemException {
    List<PemObject> blocks = blocks(bytes);
    List<PemObject> keys = blocks.stream().filter(block -> holdsKey(List.of(block))).toList();
    if (keys.size() != 1) {
      throw new PemException(
          keys.isEmpty() ? "it holds no private key but " + types(blocks) : "it holds several keys",
          null,
          null);
    }
    PemObject key = keys.get(0);
    // Such a header (RFC 1421) means encryption in OpenSSL's own format, which has no integrity.
    if (!key.getHeaders().isEmpty()) {
      throw new PemException(
          "the key is encrypted in OpenSSL's old format, and PKCS#8 is needed",
          "convert it with 'openssl pkcs8 -topk8 -in OLD -out NEW'",
          null);
    }
    return key.getType().equals(ENCRYPTED_KEY) ? decrypted(key, password) : privateKey(key);
  }

  private static PrivateKey decrypted(PemObject block, Optional<KeyPassword> password)
      throws PemException {
    if (password.isEmpty()) {
      throw new PemException(
          "the key is encrypted and no password was given",
          "give its password or the file that holds it, or a key that is not encrypted",
          null);
    }
    return password.get().decrypt(block.getContent());
  }

  private static PrivateKey privateKey(PemObject block) throws PemException {
    try {
      return new JcaPEMKeyConverter().getPrivateKey(keyInfo(block));
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle's ASN.1 classes report damaged input as runtime exceptions of several kinds.
      throw new PemException("the private key in it is damaged", null, e);
    }
  }

  private static PrivateKeyInfo keyInfo(PemObject block) throws IOException {
    String text = encode(block.getType(), block.getContent());
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      Object key = parser.readObject();
      return key instanceof PEMKeyPair pair
          ? pair.getPrivateKeyInfo()
          : PrivateKeyInfo.getInstance(key);
    }
  }

  private static X509Certificate certificate(byte[] der) throws PemException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new PemException("a certificate in it is damaged", null, e);
    }
  }

  /** The PEM blocks of a text, at least one. */
  static List<PemObject> blocks(byte[] bytes) throws PemException {
    if (bytes.length == 0) {
      throw new PemException("it is empty", null, null);
    }
    if (bytes[0] == 0x30 && !startsLikeText(bytes)) {
      throw new PemException(
          "it is binary (DER), not PEM",
          "turn it into PEM, for a certificate with 'openssl x509 -inform DER -in FILE', for a request with"
              + " 'openssl req -inform DER -in FILE'",
          null);
    }
    List<PemObject> blocks = new ArrayList<>();
    try (PemReader reader =
        new PemReader(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        blocks.add(block);
      }
    } catch (IOException | RuntimeException e) {
      // Damaged base64 is a runtime exception of Bouncy Castle's decoder.
      throw new PemException("it is truncated or damaged", "take a whole copy of the file", e);
    }
    if (blocks.isEmpty()) {
      throw new PemException("it is not PEM: no line starts with '-----BEGIN '", null, null);
    }
    return blocks;
  }

  /** A text may start with the digit 0 (0x30); DER continues with a length byte. */
  private static boolean startsLikeText(byte[] bytes) {
    return bytes.length > 1 && bytes[1] >= 0x20 && bytes[1] < 0x7f;
  }

  private static String types(List<PemObject> blocks) {
    return blocks.stream().map(PemObject::getType).distinct().collect(Collectors.joining(", "));
  }
}
