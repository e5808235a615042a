package org.milvustls.acme;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.milvustls.MilvusTlsException;

/**
 * A CA, by the address of its ACME directory (RFC 8555 section 7.1.1).
 *
 * @param uri of the directory, always https
 */
public record AcmeDirectory(URI uri) {
  /** Let's Encrypt, whose certificates clients trust by default. */
  public static final AcmeDirectory LETSENCRYPT =
      new AcmeDirectory(URI.create("https://acme-v02.api.letsencrypt.org/directory"));

  /** Its staging environment: generous limits, untrusted certificates. */
  public static final AcmeDirectory LETSENCRYPT_STAGING =
      new AcmeDirectory(URI.create("https://acme-staging-v02.api.letsencrypt.org/directory"));

  private static final String ALLOWED = "letsencrypt, letsencrypt-staging, or an https URL";

  public AcmeDirectory {
    Objects.requireNonNull(uri, "uri");
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw MilvusTlsException.usage("not an ACME directory").seen(uri).allowed(ALLOWED).build();
    }
  }

  /** Parses {@code letsencrypt}, {@code letsencrypt-staging} or a URL. */
  public static AcmeDirectory of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "letsencrypt" -> LETSENCRYPT;
      case "letsencrypt-staging" -> LETSENCRYPT_STAGING;
      default -> {
        try {
          yield new AcmeDirectory(URI.create(text));
        } catch (IllegalArgumentException e) {
          throw MilvusTlsException.usage("not an ACME directory")
              .seen(text)
              .allowed(ALLOWED)
              .cause(e)
              .build();
        }
      }
    };
  }

  /** A name for files of this CA: its host, and a part that distinguishes its directories. */
  String fileName() {
    return uri.getHost() + "-" + String.format(Locale.ROOT, "%08x", uri.toString().hashCode());
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
