package org.milvustls.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.bouncycastle.util.IPAddress;
import org.milvustls.MilvusTlsException;

/**
 * A name constraint of a CA (RFC 5280 section 4.2.1.10): a DNS name with all names below it, or a
 * range of addresses. A kind of name without a scope is not limited.
 *
 * @param kind DNS name or address
 * @param value such as {@code example.org} or {@code 10.0.0.0/8}
 */
public record NameScope(HostName.Kind kind, String value) {
  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");

  /** Reads a DNS name or a range of addresses in CIDR notation; else it is a usage error. */
  public static NameScope of(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      if (!IPAddress.isValidIPv4WithNetmask(text) && !IPAddress.isValidIPv6WithNetmask(text)) {
        throw MilvusTlsException.usage("not a range of addresses")
            .seen(text)
            .allowed("an address and a length, as in 10.0.0.0/8 or fd00::/8")
            .build();
      }
      return new NameScope(HostName.Kind.IP, text);
    }
    HostName name = HostName.of(text);
    if (name.kind() == HostName.Kind.IP || name.value().startsWith("*.")) {
      throw MilvusTlsException.usage("not a scope for names")
          .seen(text)
          .allowed("a DNS name (its subdomains are included), or a range such as 10.0.0.0/8")
          .build();
    }
    return new NameScope(HostName.Kind.DNS, name.value());
  }

  /** Says if these scopes together allow {@code name}. */
  static boolean permit(List<NameScope> scopes, HostName name) {
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    validator.intersectPermittedSubtree(toExtension(scopes).getPermittedSubtrees());
    try {
      validator.checkPermitted(name.toGeneralName());
      return true;
    } catch (NameConstraintValidatorException outside) {
      return false;
    }
  }

  static NameConstraints toExtension(List<NameScope> scopes) {
    return new NameConstraints(
        scopes.stream()
            .map(
                scope ->
                    new GeneralSubtree(
                        new GeneralName(
                            scope.kind == HostName.Kind.IP
                                ? GeneralName.iPAddress
                                : GeneralName.dNSName,
                            scope.value)))
            .toArray(GeneralSubtree[]::new),
        null);
  }

  /** The scopes in a CA's certificate; empty: it may sign for any name. */
  static List<NameScope> permittedBy(X509Certificate authority) {
    byte[] extension = authority.getExtensionValue(Extension.nameConstraints.getId());
    if (extension == null) {
      return List.of();
    }
    GeneralSubtree[] permitted =
        NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets())
            .getPermittedSubtrees();
    List<NameScope> scopes = new ArrayList<>();
    for (GeneralSubtree subtree : permitted == null ? new GeneralSubtree[0] : permitted) {
      GeneralName base = subtree.getBase();
      if (base.getTagNo() == GeneralName.dNSName) {
        scopes.add(
            new NameScope(HostName.Kind.DNS, ASN1String.class.cast(base.getName()).getString()));
      } else if (base.getTagNo() == GeneralName.iPAddress) {
        scopes.add(
            new NameScope(
                HostName.Kind.IP, cidr(ASN1OctetString.getInstance(base.getName()).getOctets())));
      }
    }
    return scopes;
  }

  private static String cidr(byte[] addressAndMask) {
    int half = addressAndMask.length / 2;
    int bits = 0;
    for (int i = half; i < addressAndMask.length; i++) {
      bits += Integer.bitCount(addressAndMask[i] & 0xff);
    }
    try {
      return InetAddress.getByAddress(Arrays.copyOf(addressAndMask, half)).getHostAddress()
          + "/"
          + bits;
    } catch (UnknownHostException e) {
      throw MilvusTlsException.failure("the CA's name constraints are damaged").cause(e).build();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
