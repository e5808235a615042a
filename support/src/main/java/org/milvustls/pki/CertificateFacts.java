package org.milvustls.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The readable facts of a certificate.
 *
 * @param subject distinguished name (RFC 2253)
 * @param issuer distinguished name of the signer
 * @param serial serial number
 * @param authority whether it is a CA's (basic constraints)
 * @param names subject alternative names: DNS names and addresses
 * @param keyUsages names as in RFC 5280 section 4.2.1.3; empty: any
 * @param extendedUsages names as in RFC 5280 section 4.2.1.12, else the object identifier; empty:
 *     any
 * @param key kind and size, such as {@code ecdsa-p256}
 * @param signature algorithm of the issuer's signature, such as {@code SHA256withECDSA}
 * @param notBefore first moment of validity
 * @param notAfter last moment of validity
 * @param sha256 fingerprint of the whole certificate, lower-case hexadecimal
 */
public record CertificateFacts(
    String subject,
    String issuer,
    BigInteger serial,
    boolean authority,
    List<String> names,
    List<String> keyUsages,
    List<String> extendedUsages,
    String key,
    String signature,
    Instant notBefore,
    Instant notAfter,
    String sha256) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final List<String> KEY_USAGES =
      List.of(
          "digitalSignature",
          "nonRepudiation",
          "keyEncipherment",
          "dataEncipherment",
          "keyAgreement",
          "keyCertSign",
          "cRLSign",
          "encipherOnly",
          "decipherOnly");
  private static final Map<String, String> EXTENDED_USAGES =
      Map.of(
          "1.3.6.1.5.5.7.3.1",
          "serverAuth",
          "1.3.6.1.5.5.7.3.2",
          "clientAuth",
          "2.5.29.37.0",
          "anyExtendedKeyUsage");

  public CertificateFacts {
    names = List.copyOf(names);
    keyUsages = List.copyOf(keyUsages);
    extendedUsages = List.copyOf(extendedUsages);
  }

  /** Reads the facts; an extension that cannot be read counts as absent. */
  public static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        certificate.getSerialNumber(),
        certificate.getBasicConstraints() >= 0,
        namesOf(certificate),
        keyUsagesOf(certificate),
        extendedUsagesOf(certificate),
        KeyType.describe(certificate.getPublicKey()),
        certificate.getSigAlgName(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        fingerprint(certificate));
  }

  /** Whether its extended key usage, if it has one, allows this role. */
  public boolean allows(LeafRole role) {
    String usage = role == LeafRole.SERVER ? "serverAuth" : "clientAuth";
    return extendedUsages.isEmpty()
        || extendedUsages.contains(usage)
        || extendedUsages.contains("anyExtendedKeyUsage");
  }

  private static List<String> namesOf(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
      if (entries != null) {
        for (List<?> entry : entries) {
          if (entry.get(0) instanceof Integer kind && (kind == DNS_NAME || kind == IP_ADDRESS)) {
            names.add(String.valueOf(entry.get(1)));
          }
        }
      }
    } catch (GeneralSecurityException e) {
      return List.of();
    }
    return names;
  }

  private static List<String> keyUsagesOf(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    List<String> usages = new ArrayList<>();
    for (int i = 0; bits != null && i < bits.length && i < KEY_USAGES.size(); i++) {
      if (bits[i]) {
        usages.add(KEY_USAGES.get(i));
      }
    }
    return usages;
  }

  private static List<String> extendedUsagesOf(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null
          ? List.of()
          : usages.stream().map(id -> EXTENDED_USAGES.getOrDefault(id, id)).toList();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))
          .toLowerCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a parsed certificate has a SHA-256 fingerprint", e);
    }
  }
}
