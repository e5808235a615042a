package org.milvustls.pki;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/** Renews what is due in a certificate directory; its caller holds the lock. */
final class Renewal {
  private final DirectoryFiles files;
  private final RenewRequest request;

  Renewal(DirectoryFiles files, RenewRequest request) {
    this.files = files;
    this.request = request;
  }

  /** Intermediates first, so that leaves are signed by an issuer that lasts. */
  List<RenewalResult> run() throws IOException {
    List<RenewalResult> results = new ArrayList<>();
    DirectoryState state = files.state();
    for (LeafRole role : LeafRole.values()) {
      renewIntermediate(role).ifPresent(results::add);
    }
    for (LeafEntry entry : state.leaves()) {
      results.add(renew(entry));
    }
    return results;
  }

  /** Says nothing of an intermediate that is not due. */
  private Optional<RenewalResult> renewIntermediate(LeafRole role) throws IOException {
    AuthorityFolder authority = files.authority(role);
    String path = "ca/" + role;
    X509Certificate intermediate = authority.issuerChain().get(0);
    if (!request.policy().isDue(intermediate, files.now())) {
      return Optional.empty();
    }
    if (RenewalPolicy.byLifetime().isDue(authority.rootCertificate(), files.now())) {
      return Optional.of(
          blocked(
              path, intermediate, "the root CA ends too: run 'certs rotate-ca --" + role + "s'"));
    }
    if (!authority.hasRootKey()) {
      return Optional.of(
          blocked(path, intermediate, "bring root.key back for this command, then take it away"));
    }
    authority.renewIntermediate();
    return Optional.of(renewed(path, authority.issuerChain().get(0), "new intermediate CA"));
  }

  RenewalResult renew(LeafEntry entry) throws IOException {
    LeafFolder folder = files.leaf(entry);
    if (!folder.exists()) {
      return entry.source() == LeafSource.PRIVATE
          ? issue(entry, Optional.empty())
          : ofAnotherCa(entry, files.now());
    }
    X509Certificate leaf = folder.chain().get(0);
    if (!request.all() && !request.policy().isDue(leaf, files.now())) {
      return new RenewalResult(
          entry.path(),
          RenewalResult.Outcome.NOT_DUE,
          leaf.getNotAfter().toInstant(),
          "due from " + request.policy().dueFrom(leaf));
    }
    return entry.source() == LeafSource.PRIVATE
        ? reissue(entry, folder, leaf)
        : ofAnotherCa(entry, leaf.getNotAfter().toInstant());
  }

  private static RenewalResult ofAnotherCa(LeafEntry entry, Instant notAfter) {
    return new RenewalResult(
        entry.path(),
        RenewalResult.Outcome.BLOCKED,
        notAfter,
        entry.source() == LeafSource.ACME
            ? "a public CA issued it: run 'certs acme --server " + entry.name() + "'"
            : "another CA issued it: run 'certs csr --"
                + entry.role()
                + " "
                + entry.name()
                + "', then 'certs import'");
  }

  /** One leaf that cannot be renewed must not keep the others from it. */
  private RenewalResult reissue(LeafEntry entry, LeafFolder folder, X509Certificate leaf)
      throws IOException {
    try {
      return issue(entry, Optional.of(folder));
    } catch (MilvusTlsException e) {
      return blocked(entry.path(), leaf, String.valueOf(e.getMessage()));
    }
  }

  private RenewalResult issue(LeafEntry entry, Optional<LeafFolder> former) throws IOException {
    CertificateAuthority issuer = files.authority(entry.role()).issuer();
    LeafRequest leaf = entry.toRequest();
    // A minute less, because the clock goes on until the leaf is signed.
    Duration longest = issuer.remaining().plus(Lifetimes.BACKDATING).minusMinutes(1);
    boolean shortened = longest.compareTo(leaf.lifetime()) < 0;
    if (shortened && issuer.remaining().isZero()) {
      throw MilvusTlsException.failure("the CA has expired, so it cannot sign")
          .seen(issuer.certificate().getSubjectX500Principal())
          .next("run 'certs rotate-ca --" + entry.role() + "s --start'")
          .build();
    }
    LeafRequest fitting = shortened ? leaf.withLifetime(longest) : leaf;
    LeafEntry published = sign(entry, issuer, fitting, former);
    return renewed(
        published.path(),
        files.leaf(published).chain().get(0),
        shortened ? "shortened to the end of its issuer" : "");
  }

  private LeafEntry sign(
      LeafEntry entry, CertificateAuthority issuer, LeafRequest leaf, Optional<LeafFolder> former)
      throws IOException {
    if (former.isPresent()) {
      LeafFolder folder = former.get();
      Optional<PrivateKey> formerKey = folder.privateKey();
      if (request.reuseKey() || formerKey.isEmpty()) {
        List<X509Certificate> chain = issuer.issue(leaf, folder.chain().get(0).getPublicKey());
        return files.publishToDeploy(entry, chain, formerKey);
      }
    }
    IssuedCertificate issued = issuer.issue(leaf);
    return files.publishToDeploy(entry, issued.chain(), Optional.of(issued.privateKey()));
  }

  private static RenewalResult blocked(String path, X509Certificate certificate, String detail) {
    return new RenewalResult(
        path, RenewalResult.Outcome.BLOCKED, certificate.getNotAfter().toInstant(), detail);
  }

  private static RenewalResult renewed(String path, X509Certificate certificate, String detail) {
    return new RenewalResult(
        path, RenewalResult.Outcome.RENEWED, certificate.getNotAfter().toInstant(), detail);
  }
}
