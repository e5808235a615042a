package org.milvustls.acme;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * The CA and the challenge of an order. Stored with the certificate, so that a renewal needs no
 * options.
 *
 * @param directory the CA
 * @param trust PEM file with the anchors of a private CA's own HTTPS; empty: the system's
 * @param email contact address for the CA; empty: none
 * @param profile kind of certificate, as the CA names it (such as {@code shortlived}); empty: the
 *     CA's default
 * @param challenge method to prove control of the names
 * @param httpPort port of the listener for http-01; the CA always connects to port 80
 * @param dnsHook shell command that sets and removes TXT records; empty: by hand
 */
public record AcmeSettings(
    AcmeDirectory directory,
    Optional<Path> trust,
    Optional<String> email,
    Optional<String> profile,
    ChallengeType challenge,
    int httpPort,
    Optional<String> dnsHook) {
  /** The port to which CAs connect for http-01. */
  public static final int HTTP_PORT = 80;

  private static final int HIGHEST_PORT = 65535;

  public AcmeSettings {
    Objects.requireNonNull(directory, "directory");
    trust = trust.map(file -> file.toAbsolutePath().normalize());
    Objects.requireNonNull(challenge, "challenge");
    if (httpPort < 1 || httpPort > HIGHEST_PORT) {
      throw MilvusTlsException.usage("not a port").seen(httpPort).allowed("1 to 65535").build();
    }
    email.ifPresent(AcmeSettings::requireEmail);
    if (dnsHook.isPresent() && challenge != ChallengeType.DNS_01) {
      throw MilvusTlsException.usage("a DNS hook is for dns-01")
          .seen(challenge)
          .next("add --challenge dns-01, or leave --dns-hook away")
          .build();
    }
  }

  private static void requireEmail(String email) {
    int at = email.indexOf('@');
    if (at < 1 || at == email.length() - 1 || email.chars().anyMatch(c -> c <= ' ')) {
      throw MilvusTlsException.usage("not an e-mail address")
          .seen(email)
          .allowed("one address, as in ops@example.org")
          .build();
    }
  }
}
