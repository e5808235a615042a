package org.milvustls.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.milvustls.MilvusTlsException;

/** An unsigned certificate without an issuer. Only this class sets extensions. */
final class CertificateTemplate {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 128;
  private static final String ORGANISATION = "milvus-tls";

  private record Addition(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

  private final X500Name subject;
  private final PublicKey key;
  private final Validity validity;
  private final List<Addition> additions = new ArrayList<>();

  private CertificateTemplate(String commonName, PublicKey key, Validity validity) {
    this.subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, ORGANISATION)
            .addRDN(BCStyle.CN, commonName)
            .build();
    this.key = key;
    this.validity = validity;
  }

  static CertificateTemplate authority(
      AuthorityRequest request, PublicKey key, Validity validity, int pathLength) {
    CertificateTemplate template = new CertificateTemplate(request.commonName(), key, validity);
    if (!request.permitted().isEmpty()) {
      template.add(Extension.nameConstraints, true, NameScope.toExtension(request.permitted()));
    }
    template.add(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    template.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return template;
  }

  static CertificateTemplate leaf(LeafRequest request, PublicKey key, Validity validity) {
    CertificateTemplate template = new CertificateTemplate(request.commonName(), key, validity);
    template.add(Extension.basicConstraints, true, new BasicConstraints(false));
    template.add(Extension.keyUsage, true, leafUsage(request.role(), key));
    template.add(Extension.extendedKeyUsage, false, extendedUsage(request.role()));
    template.add(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            request.names().stream().map(HostName::toGeneralName).toArray(GeneralName[]::new)));
    return template;
  }

  static ExtendedKeyUsage extendedUsage(LeafRole role) {
    return new ExtendedKeyUsage(
        role == LeafRole.SERVER ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth);
  }

  /**
   * The key usage of a leaf. RSA servers may also decrypt a received key, for TLS 1.2 without
   * ECDHE.
   */
  private static KeyUsage leafUsage(LeafRole role, PublicKey key) {
    boolean decrypts = role == LeafRole.SERVER && key.getAlgorithm().equals("RSA");
    return new KeyUsage(KeyUsage.digitalSignature | (decrypts ? KeyUsage.keyEncipherment : 0));
  }

  void add(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    additions.add(new Addition(id, critical, value));
  }

  X509Certificate selfSigned(PrivateKey privateKey) {
    return sign(subject, key, Optional.empty(), privateKey);
  }

  X509Certificate signedBy(X509Certificate issuer, PrivateKey issuerKey) {
    return sign(
        X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
        issuer.getPublicKey(),
        Optional.of(keyIdentifier(issuer)),
        issuerKey);
  }

  private X509Certificate sign(
      X500Name issuer,
      PublicKey issuerKey,
      Optional<AuthorityKeyIdentifier> authorityKeyIdentifier,
      PrivateKey privateKey) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              serial(),
              Date.from(validity.notBefore()),
              Date.from(validity.notAfter()),
              subject,
              key);
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
      if (authorityKeyIdentifier.isPresent()) {
        builder.addExtension(Extension.authorityKeyIdentifier, false, authorityKeyIdentifier.get());
      }
      for (Addition addition : additions) {
        builder.addExtension(addition.id(), addition.critical(), addition.value());
      }
      String algorithm = KeyType.signatureAlgorithm(issuerKey);
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(privateKey)));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw MilvusTlsException.failure("cannot sign a certificate with the CA's key")
          .seen(issuer)
          .cause(e)
          .build();
    }
  }

  /** The issuer's own identifier, so that both match also for a CA made by other software. */
  private static AuthorityKeyIdentifier keyIdentifier(X509Certificate issuer) {
    byte[] extension = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    try {
      if (extension == null) {
        return new AuthorityKeyIdentifier(
            new JcaX509ExtensionUtils()
                .createSubjectKeyIdentifier(issuer.getPublicKey())
                .getKeyIdentifier());
      }
      byte[] value = ASN1OctetString.getInstance(extension).getOctets();
      return new AuthorityKeyIdentifier(SubjectKeyIdentifier.getInstance(value).getKeyIdentifier());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-1 is part of every Java platform", e);
    }
  }

  private static BigInteger serial() {
    BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM);
    return serial.signum() == 0 ? BigInteger.ONE : serial;
  }
}
