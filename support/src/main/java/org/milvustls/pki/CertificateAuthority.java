package org.milvustls.pki;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/**
 * A private CA in memory. In the usual chain, a root signs one intermediate, and the intermediate
 * signs leaves. Clients get the root only:
 *
 * <pre>{@code
 * CertificateAuthority root =
 *     CertificateAuthority.root(AuthorityRequest.root("Example root CA"), Clock.systemUTC());
 * CertificateAuthority issuer = root.intermediate(AuthorityRequest.intermediate("Example CA 1"));
 * IssuedCertificate leaf =
 *     issuer.issue(LeafRequest.server("milvus", HostName.listOf("milvus.example.org", "10.0.0.7")));
 * leaf.chain();         // leaf, then intermediate
 * root.certificate();   // what clients trust
 * }</pre>
 *
 * <p>Certificates are version 3 with random serials of 128 bits, critical key usage and basic
 * constraints (path length included), extended key usage and both key identifiers (RFC 5280). No
 * certificate outlives its issuer.
 */
public final class CertificateAuthority {
  private final List<X509Certificate> chain;
  private final PrivateKey privateKey;
  private final Clock clock;

  private CertificateAuthority(List<X509Certificate> chain, PrivateKey privateKey, Clock clock) {
    this.chain = List.copyOf(chain);
    this.privateKey = privateKey;
    this.clock = clock;
  }

  /** Makes a new self-signed root that may sign intermediates (path length 1). */
  public static CertificateAuthority root(AuthorityRequest request, Clock clock) {
    KeyPair pair = request.keyType().generate();
    Validity validity = Validity.of(now(clock).minus(Lifetimes.BACKDATING), request.lifetime());
    X509Certificate certificate =
        CertificateTemplate.authority(request, pair.getPublic(), validity, 1)
            .selfSigned(pair.getPrivate());
    return new CertificateAuthority(List.of(certificate), pair.getPrivate(), clock);
  }

  /**
   * Opens an existing CA.
   *
   * @param chain the CA's own certificate, then those above it
   * @param privateKey key of the first certificate; another key is refused
   */
  public static CertificateAuthority of(
      List<X509Certificate> chain, PrivateKey privateKey, Clock clock) {
    Objects.requireNonNull(clock, "clock");
    X509Certificate certificate = chain.get(0);
    if (certificate.getBasicConstraints() < 0) {
      throw MilvusTlsException.failure("this certificate is not a CA's")
          .seen(certificate.getSubjectX500Principal())
          .next("give the certificate of a CA (basic constraints CA:TRUE)")
          .build();
    }
    KeyMatch.require(certificate, privateKey, "key of the CA");
    return new CertificateAuthority(chain, privateKey, clock);
  }

  /** Makes an intermediate signed by this CA that may sign leaves only (path length 0). */
  public CertificateAuthority intermediate(AuthorityRequest request) {
    KeyPair pair = request.keyType().generate();
    X509Certificate certificate =
        CertificateTemplate.authority(
                request,
                pair.getPublic(),
                validity(now(clock).minus(Lifetimes.BACKDATING), request.lifetime()),
                0)
            .signedBy(certificate(), privateKey);
    return new CertificateAuthority(prepend(certificate), pair.getPrivate(), clock);
  }

  /**
   * Makes a leaf with a new key. Refuses a lifetime longer than that of this CA, with the remaining
   * days.
   */
  public IssuedCertificate issue(LeafRequest request) {
    KeyPair pair = request.keyType().generate();
    return new IssuedCertificate(issue(request, pair.getPublic()), pair.getPrivate());
  }

  /** Issues a leaf for a server reached under {@code hosts}, with the defaults. */
  public IssuedCertificate issueServer(String commonName, String... hosts) {
    return issue(LeafRequest.server(commonName, HostName.listOf(hosts)));
  }

  /** Issues a leaf for a client, with the defaults. */
  public IssuedCertificate issueClient(String name) {
    return issue(LeafRequest.client(name));
  }

  /**
   * Makes a leaf for a public key whose private key is elsewhere.
   *
   * @param request its key type is ignored
   * @return the leaf, then the intermediates, without the root
   */
  public List<X509Certificate> issue(LeafRequest request, PublicKey key) {
    checkScope(request);
    Instant notBefore = request.notBefore().orElseGet(() -> now(clock).minus(Lifetimes.BACKDATING));
    X509Certificate leaf =
        CertificateTemplate.leaf(request, key, validity(notBefore, request.lifetime()))
            .signedBy(certificate(), privateKey);
    return prepend(leaf).stream().filter(certificate -> !isSelfIssued(certificate)).toList();
  }

  /** The CA's own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The CA's own certificate, then those above it; for a root, the root alone. */
  public List<X509Certificate> chain() {
    return chain;
  }

  /** Remaining validity of this CA and all CAs above it; never negative. */
  public Duration remaining() {
    Duration left = Duration.between(now(clock), notAfter());
    return left.isNegative() ? Duration.ZERO : left;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  private Instant notAfter() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private Validity validity(Instant notBefore, Duration lifetime) {
    Validity asked = Validity.of(notBefore, lifetime);
    if (asked.notAfter().isAfter(notAfter())) {
      throw MilvusTlsException.usage("a certificate must not outlive its issuer")
          .seen(Lifetimes.describe(lifetime))
          .allowed("at most " + remaining().toDays() + " days, until " + notAfter())
          .next("ask for fewer days, or renew the CA first")
          .build();
    }
    return asked;
  }

  private void checkScope(LeafRequest request) {
    List<NameScope> scopes = NameScope.permittedBy(certificate());
    for (HostName name : request.names()) {
      if (!NameScope.permit(scopes, name)) {
        throw MilvusTlsException.usage("the CA may not sign for this name")
            .seen(name)
            .allowed(scopes.stream().map(NameScope::value).collect(Collectors.joining(", ")))
            .next("choose a name in the CA's scope; a CA keeps its name constraints for life")
            .build();
      }
    }
  }

  private List<X509Certificate> prepend(X509Certificate certificate) {
    return Stream.concat(Stream.of(certificate), chain.stream()).toList();
  }

  private static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /** X.509 has whole seconds only. */
  private static Instant now(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Names the CA; never shows its key. */
  @Override
  public String toString() {
    return "CertificateAuthority[" + certificate().getSubjectX500Principal() + ", key hidden]";
  }
}
