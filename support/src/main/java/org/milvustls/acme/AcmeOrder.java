package org.milvustls.acme;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.HostName;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Metadata;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;

/** One order from the first question to the chain (RFC 8555 section 7.4). */
final class AcmeOrder {
  /** For the CA to check one name, and to sign. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Login login;
  private final AcmeRequest request;
  private final ChallengeSolver solver;

  AcmeOrder(Login login, AcmeRequest request, ChallengeSolver solver) {
    this.login = login;
    this.request = request;
    this.solver = solver;
  }

  /**
   * Gets a certificate.
   *
   * @param pair its key
   * @param former the certificate that it is the successor of; CAs count renewals less
   * @return the leaf, then its intermediates
   */
  List<X509Certificate> obtain(KeyPair pair, Optional<X509Certificate> former)
      throws AcmeException, InterruptedException {
    Order order = create(former);
    for (Authorization authorization : order.getAuthorizations()) {
      authorize(authorization);
    }
    order.waitUntilReady(LIMIT);
    order.execute(pair);
    if (order.waitForCompletion(LIMIT) != Status.VALID) {
      throw MilvusTlsException.failure(
              "the CA did not sign: "
                  + order.getError().map(AcmeErrors::text).orElse("it gave no reason"))
          .seen(names())
          .build();
    }
    return order.getCertificate().getCertificateChain();
  }

  private Order create(Optional<X509Certificate> former) throws AcmeException {
    OrderBuilder builder = login.newOrder();
    request.names().forEach(name -> builder.identifier(identifier(name)));
    if (request.settings().profile().isPresent()) {
      builder.profile(requireOffered(request.settings().profile().get()));
    }
    if (former.isPresent()
        && login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent()) {
      builder.replaces(former.get());
    }
    return builder.create();
  }

  private static Identifier identifier(HostName name) {
    if (name.kind() == HostName.Kind.DNS) {
      return Identifier.dns(name.value());
    }
    return Identifier.ip(name.value());
  }

  private String requireOffered(String profile) throws AcmeException {
    Session session = login.getSession();
    Metadata metadata = session.getMetadata();
    Collection<String> offered = metadata.isProfileAllowed() ? metadata.getProfiles() : List.of();
    if (!offered.contains(profile)) {
      throw MilvusTlsException.usage("the CA has no such profile")
          .seen(profile)
          .allowed(offered.isEmpty() ? "none" : String.join(", ", offered))
          .build();
    }
    return profile;
  }

  private void authorize(Authorization authorization) throws AcmeException, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return;
    }
    Challenge challenge =
        solver
            .answer(authorization)
            .orElseThrow(
                () ->
                    MilvusTlsException.failure("the CA does not offer this challenge")
                        .seen(request.settings().challenge())
                        .allowed(
                            String.join(
                                ", ",
                                authorization.getChallenges().stream()
                                    .map(Challenge::getType)
                                    .toList()))
                        .build());
    challenge.trigger();
    if (authorization.waitForCompletion(LIMIT) != Status.VALID) {
      challenge.fetch();
      throw refused(authorization.getIdentifier().getValue(), challenge);
    }
  }

  private MilvusTlsException refused(String name, Challenge challenge) {
    return MilvusTlsException.failure(
            "the CA could not see that the name is ours: "
                + challenge.getError().map(AcmeErrors::text).orElse("it gave no reason"))
        .seen(name)
        .next(
            request.settings().challenge() == ChallengeType.HTTP_01
                ? "let http://"
                    + name
                    + ":80/ reach this machine's port "
                    + request.settings().httpPort()
                    + ", or use --challenge dns-01; CAs allow few failures an hour, so try with"
                    + " --directory letsencrypt-staging first"
                : "check that the TXT record was to be seen from outside when the hook ended")
        .build();
  }

  private String names() {
    return String.join(", ", request.names().stream().map(HostName::value).toList());
  }
}
