package org.milvustls.pki;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * A host name or address of a server, as in the subject alternative name (RFC 5280 section
 * 4.2.1.6). Clients match only that extension, never the subject (RFC 9525).
 *
 * @param kind DNS name or IP address
 * @param value lower case; an internationalised name as its A-label; an IPv6 address as given
 */
public record HostName(Kind kind, String value) implements Comparable<HostName> {
  private static final Pattern LABEL =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOOKS_LIKE_IPV4 = Pattern.compile("[0-9.]+");

  /**
   * Characters that the IDNA rules of 2003 (in the JDK) and of 2008 (in registries) map to
   * different A-labels: sharp s, final sigma, zero-width joiner and non-joiner.
   */
  private static final Pattern DEVIATION = Pattern.compile("[\u00df\u03c2\u200c\u200d]");

  /** The two kinds of name that a TLS client can match. */
  public enum Kind {
    DNS,
    IP
  }

  public HostName {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads a DNS name, a wildcard such as {@code *.example.org}, an IPv4 or an IPv6 address (with or
   * without brackets). Anything else is a usage error.
   */
  public static HostName of(String text) {
    String name = unbracketed(text);
    if (IPAddress.isValidIPv4(name) || IPAddress.isValidIPv6(name)) {
      return new HostName(Kind.IP, name.toLowerCase(Locale.ROOT));
    }
    return new HostName(Kind.DNS, dnsName(text));
  }

  /** An address of 4 or 16 bytes, as in certificates and requests. */
  static HostName ofAddress(byte[] address) {
    try {
      return new HostName(Kind.IP, InetAddress.getByAddress(address).getHostAddress());
    } catch (UnknownHostException e) {
      throw MilvusTlsException.usage("not an address")
          .seen(HexFormat.of().formatHex(address))
          .allowed("4 or 16 bytes")
          .cause(e)
          .build();
    }
  }

  /** {@link #of(String)} for several names, without duplicates, in the order given. */
  public static List<HostName> listOf(String... names) {
    return List.of(names).stream().map(HostName::of).distinct().toList();
  }

  private static String unbracketed(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static String dnsName(String text) {
    String wildcard = text.startsWith("*.") ? "*." : "";
    String rest = text.substring(wildcard.length());
    if (DEVIATION.matcher(rest).find()) {
      throw invalid(text)
          .next("this name has two A-labels, by the IDNA rules of 2003 and 2008: give the A-label")
          .build();
    }
    String ascii = toAscii(text, rest);
    boolean enoughLabels = wildcard.isEmpty() || ascii.indexOf('.') > 0;
    if (ascii.isEmpty()
        || ascii.length() > 253
        || !enoughLabels
        || LOOKS_LIKE_IPV4.matcher(ascii).matches()
        || !Pattern.compile("\\.").splitAsStream(ascii + ".#").allMatch(HostName::isLabelOrEnd)) {
      throw invalid(text).build();
    }
    return wildcard + ascii;
  }

  /** The end mark keeps a trailing dot visible: without it the last, empty label would vanish. */
  private static boolean isLabelOrEnd(String label) {
    return label.equals("#") || LABEL.matcher(label).matches();
  }

  private static String toAscii(String text, String name) {
    try {
      return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw invalid(text).cause(e).build();
    }
  }

  private static MilvusTlsException.Builder invalid(String text) {
    return MilvusTlsException.usage("not a host name")
        .seen(text)
        .allowed(
            "a DNS name (milvus.example.org), a wildcard for one label (*.example.org), an IPv4 or"
                + " an IPv6 address");
  }

  /**
   * Whether this name in a certificate covers {@code host}. A wildcard stands for exactly the first
   * label (RFC 9525 section 6.3); addresses are compared as addresses.
   */
  public boolean covers(HostName host) {
    if (kind != host.kind) {
      return false;
    }
    if (kind == Kind.IP) {
      return toGeneralName().equals(host.toGeneralName());
    }
    int dot = host.value.indexOf('.');
    return value.equals(host.value)
        || (value.startsWith("*.")
            && dot > 0
            && value.substring(1).equals(host.value.substring(dot)));
  }

  GeneralName toGeneralName() {
    return new GeneralName(kind == Kind.IP ? GeneralName.iPAddress : GeneralName.dNSName, value);
  }

  /** Compares addresses as addresses, in any notation. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostName name
        && kind == name.kind
        && (kind == Kind.IP
            ? toGeneralName().equals(name.toGeneralName())
            : value.equals(name.value));
  }

  @Override
  public int hashCode() {
    return kind == Kind.IP ? toGeneralName().hashCode() : value.hashCode();
  }

  @Override
  public int compareTo(HostName other) {
    return Comparator.comparing(HostName::kind).thenComparing(HostName::value).compare(this, other);
  }

  @Override
  public String toString() {
    return value;
  }
}
