package org.milvustls.acme;

import java.net.URL;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.PrivateFolder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;

/** Gets a signed certificate from a new order, or from a pending one of an earlier command. */
final class Ordering {
  private final PrivateFolder folder;
  private final AcmeRequest request;
  private final Session session;
  private final AcmeAccount account;

  Ordering(PrivateFolder folder, AcmeRequest request) {
    this.folder = folder;
    this.request = request;
    this.session = AcmeSession.open(request.settings());
    this.account = new AcmeAccount(folder, request.settings());
  }

  /**
   * A signed chain with its key.
   *
   * @param chain the leaf, then its intermediates
   * @param pair the leaf's key
   */
  record Signed(List<X509Certificate> chain, KeyPair pair) {
    X509Certificate leaf() {
      return chain.get(0);
    }
  }

  /** Finishes an order; empty when the CA has dropped it, or when the account no longer exists. */
  Optional<Signed> finish(OpenOrder order) {
    return account.existing(session).flatMap(login -> finish(login, order));
  }

  private Optional<Signed> finish(Login login, OpenOrder order) {
    return telling(() -> AcmeOrder.finish(login, order))
        .map(chain -> new Signed(chain, order.pair()));
  }

  /**
   * Makes a new order.
   *
   * @param pair the leaf's key; recorded with the order before the CA may sign
   * @param former the predecessor of the new certificate
   */
  Signed order(
      AccountTerms terms, ChallengeSolver solver, KeyPair pair, Optional<X509Certificate> former) {
    Login login = telling(() -> account.login(session, terms));
    URL location = telling(() -> new AcmeOrder(login, request, solver).prepare(former));
    OpenOrder order = OpenOrder.of(location, request, pair);
    order.write(folder, request.server());
    return finish(login, order)
        .orElseThrow(
            () ->
                MilvusTlsException.failure("the CA has given the order up")
                    .seen(location)
                    .next("run the command again")
                    .build());
  }

  private <T> T telling(AcmeErrors.Talk<T> talk) {
    return AcmeErrors.telling(request.settings().directory(), talk);
  }
}
