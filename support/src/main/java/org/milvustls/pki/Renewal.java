package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.milvustls.MilvusTlsException;

/** Renews the due certificates of a directory; the caller has the lock. */
final class Renewal {
  private final DirectoryFiles files;
  private final RenewRequest request;

  Renewal(DirectoryFiles files, RenewRequest request) {
    this.files = files;
    this.request = request;
  }

  /** Renews intermediates first, so that a long-lived issuer signs the leaves. */
  List<RenewalResult> run() {
    List<RenewalResult> results = new ArrayList<>();
    List<LeafEntry> leaves = files.state().leaves();
    for (LeafRole role : LeafRole.values()) {
      RenewalResult intermediate = renewIntermediate(role, leaves);
      if (intermediate.outcome() != RenewalResult.Outcome.NOT_DUE) {
        results.add(intermediate);
      }
    }
    leaves.forEach(entry -> results.add(renew(entry)));
    return results;
  }

  /** A failed renewal must not prevent the others. */
  private static RenewalResult orBlocked(
      String path, Supplier<List<X509Certificate>> chain, FileErrors.Read<RenewalResult> work) {
    try {
      return FileErrors.reading("cannot renew", Path.of(path), work);
    } catch (MilvusTlsException e) {
      return blocked(path, end(chain), String.valueOf(e.getMessage()));
    }
  }

  private static Optional<Instant> end(Supplier<List<X509Certificate>> chain) {
    try {
      return Optional.of(chain.get().get(0).getNotAfter().toInstant());
    } catch (MilvusTlsException e) {
      // The result's detail reports the missing or unreadable file.
      return Optional.empty();
    }
  }

  private RenewalResult renewIntermediate(LeafRole role, List<LeafEntry> leaves) {
    AuthorityFolder authority = files.authority(role);
    String path = "ca/" + role;
    return orBlocked(
        path, authority::issuerChain, () -> renewIntermediate(path, authority, role, leaves));
  }

  private RenewalResult renewIntermediate(
      String path, AuthorityFolder authority, LeafRole role, List<LeafEntry> leaves)
      throws IOException {
    X509Certificate intermediate = authority.issuerChain().get(0);
    if (!request.policy().isDue(intermediate, files.now())) {
      return notDue(path, intermediate);
    }
    boolean rootEndsToo =
        RenewalPolicy.byLifetime().isDue(authority.rootCertificate(), files.now());
    if (!rootEndsToo && authority.hasRootKey()) {
      authority.renewIntermediate();
      return renewed(path, authority.issuerChain().get(0), "new intermediate CA");
    }
    Instant notAfter = intermediate.getNotAfter().toInstant();
    Instant shortens = notAfter.minus(longestLifetime(role, leaves));
    boolean canWait = files.now().isBefore(shortens);
    String step =
        rootEndsToo
            ? "the root CA ends too: run 'certs rotate-ca --" + role + "s --start'"
            : "root.key is not here: bring it back for one 'certs renew', then take it away";
    return new RenewalResult(
        path,
        canWait ? RenewalResult.Outcome.CAN_WAIT : RenewalResult.Outcome.BLOCKED,
        Optional.of(notAfter),
        canWait ? step + ", before " + shortens + ": then leaves get shorter" : step);
  }

  private static Duration longestLifetime(LeafRole role, List<LeafEntry> leaves) {
    return leaves.stream()
        .filter(entry -> entry.role() == role && entry.source() == LeafSource.PRIVATE)
        .map(LeafEntry::lifetime)
        .max(Comparator.naturalOrder())
        .orElse(LeafRequest.LIFETIME);
  }

  RenewalResult renew(LeafEntry entry) {
    LeafFolder folder = files.leaf(entry);
    return orBlocked(entry.path(), folder::chain, () -> renew(entry, folder));
  }

  private RenewalResult renew(LeafEntry entry, LeafFolder folder) throws IOException {
    if (!folder.exists()) {
      return entry.source() == LeafSource.PRIVATE
          ? issue(entry, Optional.empty())
          : blocked(entry.path(), Optional.empty(), ofAnotherCa(entry));
    }
    X509Certificate leaf = current(folder);
    if (!request.all() && !request.policy().isDue(leaf, files.now())) {
      return notDue(entry.path(), leaf);
    }
    return entry.source() == LeafSource.PRIVATE
        ? issue(entry, Optional.of(folder))
        : blocked(entry.path(), Optional.of(leaf.getNotAfter().toInstant()), ofAnotherCa(entry));
  }

  private static X509Certificate current(LeafFolder folder) {
    try {
      return folder.chain().get(0);
    } catch (MilvusTlsException e) {
      throw MilvusTlsException.failure(
              String.valueOf(e.getMessage()).lines().findFirst().orElse("cannot be read"))
          .next("delete that file and run 'certs renew' again, which makes a new certificate")
          .cause(e)
          .build();
    }
  }

  private static String ofAnotherCa(LeafEntry entry) {
    if (entry.source() == LeafSource.ACME) {
      return "a public CA issued it: run 'certs acme --server " + entry.name() + "'";
    }
    StringBuilder step = new StringBuilder("another CA issued it: run 'certs csr --");
    step.append(entry.role()).append(' ').append(entry.name());
    if (entry.role() == LeafRole.SERVER) {
      entry.names().forEach(name -> step.append(" --host ").append(name));
    }
    return step.append("', then 'certs import'").toString();
  }

  private RenewalResult issue(LeafEntry entry, Optional<LeafFolder> former) throws IOException {
    CertificateAuthority issuer = files.authority(entry.role()).issuer();
    LeafRequest leaf = entry.toRequest();
    // A minute less, because time passes until the leaf is signed.
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

  private static RenewalResult blocked(String path, Optional<Instant> notAfter, String detail) {
    return new RenewalResult(path, RenewalResult.Outcome.BLOCKED, notAfter, detail);
  }

  private RenewalResult notDue(String path, X509Certificate certificate) {
    return new RenewalResult(
        path,
        RenewalResult.Outcome.NOT_DUE,
        Optional.of(certificate.getNotAfter().toInstant()),
        "due from " + request.policy().dueFrom(certificate));
  }

  private static RenewalResult renewed(String path, X509Certificate certificate, String detail) {
    return new RenewalResult(
        path,
        RenewalResult.Outcome.RENEWED,
        Optional.of(certificate.getNotAfter().toInstant()),
        detail);
  }
}
