package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.milvustls.MilvusTlsException;

/**
 * A verified certificate signing request (PKCS#10, RFC 2986): its signature proves possession of
 * the private key.
 *
 * @param publicKey to certify
 * @param names requested subject alternative names; may be empty
 */
public record SigningRequest(PublicKey publicKey, List<HostName> names) {
  private static final String TYPE = "CERTIFICATE REQUEST";

  public SigningRequest {
    Objects.requireNonNull(publicKey, "publicKey");
    names = List.copyOf(names);
  }

  /** Reads the first request of a PEM file and checks its signature. */
  public static SigningRequest read(Path file) {
    try {
      return parse(PemFiles.read(file));
    } catch (PemException e) {
      throw PemFiles.failure("cannot read a certificate signing request", file, e);
    }
  }

  static SigningRequest parse(byte[] bytes) throws PemException {
    List<PemObject> blocks = Pem.blocks(bytes);
    PemObject block =
        blocks.stream()
            // OpenSSL before 1.0 and Windows write the longer form.
            .filter(each -> each.getType().equals(TYPE) || each.getType().equals("NEW " + TYPE))
            .findFirst()
            .orElseThrow(
                () ->
                    new PemException(
                        "it holds no " + TYPE + " but " + blocks.get(0).getType(), null, null));
    try {
      JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(block.getContent());
      PublicKey key = request.getPublicKey();
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new PemException("its signature is wrong", "make the request anew", null);
      }
      return new SigningRequest(key, names(request));
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException
        | NullPointerException e) {
      // Bouncy Castle reports damaged input as runtime exceptions of these kinds.
      throw new PemException("the request in it is damaged", "make the request anew", e);
    }
  }

  private static List<HostName> names(JcaPKCS10CertificationRequest request) {
    var extensions = request.getRequestedExtensions();
    Extension names =
        extensions == null ? null : extensions.getExtension(Extension.subjectAlternativeName);
    if (names == null) {
      return List.of();
    }
    List<HostName> hosts = new ArrayList<>();
    for (GeneralName name : GeneralNames.getInstance(names.getParsedValue()).getNames()) {
      if (name.getTagNo() == GeneralName.dNSName) {
        hosts.add(HostName.of(ASN1String.class.cast(name.getName()).getString()));
      } else if (name.getTagNo() == GeneralName.iPAddress) {
        hosts.add(HostName.ofAddress(ASN1OctetString.getInstance(name.getName()).getOctets()));
      }
    }
    return hosts;
  }

  /** A request for a leaf, as PEM, signed with the leaf's key. */
  static String create(LeafRequest leaf, KeyPair pair) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              leaf.names().stream().map(HostName::toGeneralName).toArray(GeneralName[]::new)));
      extensions.addExtension(
          Extension.extendedKeyUsage, false, CertificateTemplate.extendedUsage(leaf.role()));
      return Pem.encode(
          TYPE,
          new JcaPKCS10CertificationRequestBuilder(
                  new X500Principal("CN=" + leaf.commonName()), pair.getPublic())
              .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
              .build(
                  new JcaContentSignerBuilder(KeyType.signatureAlgorithm(pair.getPublic()))
                      .build(pair.getPrivate()))
              .getEncoded());
    } catch (IOException | OperatorCreationException e) {
      throw MilvusTlsException.failure("cannot make a certificate signing request")
          .seen(leaf.commonName())
          .cause(e)
          .build();
    }
  }
}
