package org.milvustls.acme;

import java.net.URL;
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
import org.shredzone.acme4j.exception.AcmeServerException;

/** One order, from the first request to the chain (RFC 8555 section 7.4). */
final class AcmeOrder {
  /** Time limit for the CA to check one name, and to sign. */
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
   * Proves control of the names, so that the CA will sign.
   *
   * @param former the predecessor; CAs have higher limits for renewals
   * @return the address of the order, ready to be signed
   */
  URL prepare(Optional<X509Certificate> former) throws AcmeException, InterruptedException {
    Order order = create(former);
    for (Authorization authorization : order.getAuthorizations()) {
      authorize(authorization);
    }
    order.waitUntilReady(LIMIT);
    return order.getLocation();
  }

  /**
   * Gets a prepared order signed, or fetches the signed result.
   *
   * @return the leaf, then its intermediates; empty when the CA has dropped the order
   */
  static Optional<List<X509Certificate>> finish(Login login, OpenOrder open)
      throws AcmeException, InterruptedException {
    Order order = login.bindOrder(open.location());
    if (!isAlive(order)) {
      return Optional.empty();
    }
    if (order.getStatus() == Status.READY) {
      order.execute(open.pair());
    }
    if (order.waitForCompletion(LIMIT) != Status.VALID) {
      throw MilvusTlsException.failure(
              "the CA did not sign: "
                  + order.getError().map(AcmeErrors::text).orElse("it gave no reason"))
          .seen(open.location())
          .next("run the command again")
          .build();
    }
    return Optional.of(order.getCertificate().getCertificateChain());
  }

  private static boolean isAlive(Order order) throws AcmeException {
    try {
      order.fetch();
      return order.getStatus() != Status.PENDING && order.getStatus() != Status.INVALID;
    } catch (AcmeException e) {
      if (isUnknown(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Whether the CA reports that the order does not exist, in one of three ways. A server error is
   * not one of them.
   */
  private static boolean isUnknown(AcmeException e) {
    if (e instanceof AcmeServerException refused) {
      String type = String.valueOf(refused.getType());
      return type.endsWith(":malformed") || type.endsWith(":unauthorized");
    }
    return String.valueOf(e.getMessage()).startsWith("HTTP 404");
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
}
