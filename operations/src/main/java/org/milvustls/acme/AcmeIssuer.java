package org.milvustls.acme;

import java.nio.file.Files;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafRole;
import org.milvustls.pki.LeafSource;
import org.milvustls.pki.LeafStorage;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.PrivateFolder;
import org.milvustls.pki.RenewRequest;
import org.milvustls.pki.RenewalPolicy;
import org.milvustls.pki.RenewalResult;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets server leaves from an ACME CA and stores them in the certificate directory.
 *
 * <pre>{@code
 * AcmeIssuer issuer = AcmeIssuer.of(directory, Clock.systemUTC());
 * issuer.obtain(request, new AccountTerms(true, Optional.empty()), RenewRequest.due());
 * }</pre>
 *
 * <p>It never orders a leaf again before it is due. The CA may advise the time of renewal (RFC
 * 9773). This class requests the advice as often as the CA allows, at most once a minute and at
 * least once a day, and makes no request in between.
 *
 * <p>After an interruption between the order and its result, the next command fetches the signed
 * certificate.
 */
public final class AcmeIssuer {
  private static final Logger LOG = LoggerFactory.getLogger(AcmeIssuer.class);
  private static final String FOLDER = "acme";

  private final CertificateDirectory directory;
  private final Clock clock;
  private final Optional<DnsPublisher> byHand;

  private AcmeIssuer(CertificateDirectory directory, Clock clock, Optional<DnsPublisher> byHand) {
    this.directory = directory;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.byHand = byHand;
  }

  /** An issuer for a certificate directory, which may be missing before {@link #obtain}. */
  public static AcmeIssuer of(CertificateDirectory directory, Clock clock) {
    return new AcmeIssuer(directory, clock, Optional.empty());
  }

  /** A copy with a publisher of TXT records, for settings without a hook. */
  public AcmeIssuer withDnsByHand(DnsPublisher publisher) {
    return new AcmeIssuer(directory, clock, Optional.of(publisher));
  }

  /**
   * Gets a leaf, unless a matching one exists and is not due.
   *
   * @param terms for a new account
   * @param renewal policy for an existing leaf, and whether its key stays
   */
  public AcmeResult obtain(AcmeRequest request, AccountTerms terms, RenewRequest renewal) {
    directory.initAuthorities();
    PrivateFolder folder = directory.privateFolder(FOLDER);
    return folder.alone(() -> obtain(folder, request, terms, renewal));
  }

  /** Renews a leaf with its recorded request; see {@link #recorded}. */
  public RenewalResult renew(LeafEntry entry, RenewRequest renewal) {
    Optional<Instant> before = Optional.empty();
    try {
      if (isThere(entry)) {
        before = Optional.of(leaf(entry).getNotAfter().toInstant());
      }
      AcmeResult result = obtain(recorded(entry.name()), AccountTerms.NONE, renewal);
      return new RenewalResult(
          entry.path(),
          result.issued() ? RenewalResult.Outcome.RENEWED : RenewalResult.Outcome.NOT_DUE,
          Optional.of(leaf(result.entry()).getNotAfter().toInstant()),
          result.issued() ? "" : "due from " + result.dueFrom());
    } catch (MilvusTlsException e) {
      return new RenewalResult(
          entry.path(), RenewalResult.Outcome.BLOCKED, before, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The request for a server's current leaf, or for its first pending one. A server without a leaf
   * from a public CA is a usage error.
   */
  public AcmeRequest recorded(String server) {
    Optional<LeafEntry> recorded = recordedEntry(server);
    Optional<AcmeRecord> known = AcmeRecord.read(directory.privateFolder(FOLDER), server);
    return recorded
        .flatMap(
            entry ->
                known
                    .flatMap(record -> inForce(server).flatMap(record::ordered).or(record::last))
                    .map(leaf -> leaf.toRequest(server, storage(entry))))
        .orElseThrow(
            () ->
                MilvusTlsException.usage("this server has no certificate from a public CA")
                    .seen(server)
                    .next("give --domain for each of its names")
                    .build());
  }

  private static LeafStorage storage(LeafEntry entry) {
    return new LeafStorage(entry.keyMode(), entry.p12PasswordFile());
  }

  private Optional<X509Certificate> inForce(String server) {
    return entry(server).map(this::leaf);
  }

  /** A leaf that is recorded and exists; an interrupted command may have only recorded it. */
  private Optional<LeafEntry> entry(String server) {
    return recordedEntry(server).filter(this::isThere);
  }

  private boolean isThere(LeafEntry entry) {
    return Files.exists(directory.serverFiles(entry.name()).certificate());
  }

  private Optional<LeafEntry> recordedEntry(String server) {
    return directory.leaves().stream()
        .filter(leaf -> leaf.role() == LeafRole.SERVER && leaf.name().equals(server))
        .filter(leaf -> leaf.source() == LeafSource.ACME)
        .findFirst();
  }

  private X509Certificate leaf(LeafEntry entry) {
    return PemFiles.certificates(directory.serverFiles(entry.name()).certificate()).get(0);
  }

  private AcmeResult obtain(
      PrivateFolder folder, AcmeRequest request, AccountTerms terms, RenewRequest renewal) {
    Optional<LeafEntry> entry = entry(request.server());
    AcmeRecord known = known(folder, request);
    Optional<KeyPair> reused = entry.filter(each -> renewal.reuseKey()).map(this::keyPair);
    Optional<Ordering.Signed> leftOpen = leftOpen(folder, request, known, reused);
    if (leftOpen.isPresent()) {
      return putInForce(folder, request, known, leftOpen.get());
    }
    if (entry.isPresent() && isAs(request, known, leaf(entry.get()))) {
      X509Certificate leaf = leaf(entry.get());
      AcmeRecord current = renewal.all() ? known : advised(folder, known, leaf, request, renewal);
      Instant dueFrom = dueFrom(current, leaf, renewal.policy());
      if (!renewal.all() && clock.instant().isBefore(dueFrom)) {
        return new AcmeResult(entry.get(), false, dueFrom);
      }
    }
    requireNotThrottled(known, request);
    return putInForce(folder, request, known, order(folder, request, terms, known, reused));
  }

  /** A leaf that an earlier command ordered but did not install, unless it is already due. */
  private Optional<Ordering.Signed> leftOpen(
      PrivateFolder folder, AcmeRequest request, AcmeRecord known, Optional<KeyPair> reused) {
    Optional<PublicKey> inForce = inForce(request.server()).map(X509Certificate::getPublicKey);
    return OpenOrder.read(folder, request.server())
        .filter(order -> order.fits(request, reused.map(KeyPair::getPublic), inForce))
        .filter(order -> throttledUntil(known, request).isEmpty())
        .flatMap(
            order ->
                asking(folder, request, known, () -> new Ordering(folder, request).finish(order)))
        .filter(signed -> !RenewalPolicy.byLifetime().isDue(signed.leaf(), clock.instant()));
  }

  private Ordering.Signed order(
      PrivateFolder folder,
      AcmeRequest request,
      AccountTerms terms,
      AcmeRecord known,
      Optional<KeyPair> reused) {
    KeyPair pair = reused.orElseGet(() -> request.keyType().generate());
    try (ChallengeSolver solver = ChallengeSolver.of(request.settings(), byHand)) {
      return asking(
          folder,
          request,
          known,
          () -> new Ordering(folder, request).order(terms, solver, pair, replaced(known, request)));
    }
  }

  /** The known record. Without one, a current leaf with the same names and kind of key counts. */
  private AcmeRecord known(PrivateFolder folder, AcmeRequest request) {
    return AcmeRecord.read(folder, request.server())
        .or(
            () ->
                entry(request.server())
                    .filter(
                        entry ->
                            new HashSet<>(entry.names()).equals(new HashSet<>(request.names()))
                                && entry.keyType() == request.keyType())
                    .map(entry -> recording(folder, request, AcmeRecord.NONE, leaf(entry))))
        .orElse(AcmeRecord.NONE);
  }

  private AcmeRecord recording(
      PrivateFolder folder, AcmeRequest request, AcmeRecord known, X509Certificate coming) {
    AcmeRecord record =
        known.withComing(OrderedLeaf.of(coming, request), inForce(request.server()));
    record.write(folder, request.server());
    return record;
  }

  private static boolean isAs(AcmeRequest request, AcmeRecord known, X509Certificate leaf) {
    return known.ordered(leaf).filter(ordered -> ordered.isAs(request)).isPresent();
  }

  private static Instant dueFrom(AcmeRecord record, X509Certificate leaf, RenewalPolicy policy) {
    Instant byLifetime = policy.dueFrom(leaf);
    return policy.before().isPresent()
        ? byLifetime
        : record
            .advice()
            .filter(advice -> advice.isAbout(leaf))
            .flatMap(RenewalAdvice::renewFrom)
            .filter(advised -> advised.isBefore(leaf.getNotAfter().toInstant()))
            .orElse(byLifetime);
  }

  /**
   * Requests the CA's advice if it allows a request now; without an answer the lifetime decides.
   */
  private AcmeRecord advised(
      PrivateFolder folder,
      AcmeRecord known,
      X509Certificate leaf,
      AcmeRequest request,
      RenewRequest renewal) {
    boolean fresh =
        known
            .advice()
            .filter(advice -> advice.isAbout(leaf))
            .filter(advice -> clock.instant().isBefore(advice.askAgainFrom()))
            .isPresent();
    if (fresh || renewal.policy().before().isPresent()) {
      return known;
    }
    AcmeDirectory server = request.settings().directory();
    try {
      Session session = AcmeSession.open(request.settings());
      Optional<Login> login = new AcmeAccount(folder, request.settings()).existing(session);
      if (login.isEmpty()) {
        return known;
      }
      AcmeRecord newer =
          known.withAdvice(AcmeErrors.telling(server, () -> advice(login.get(), leaf)));
      newer.write(folder, request.server());
      return newer;
    } catch (MilvusTlsException e) {
      LOG.warn("The CA gives no advice on when to renew: {}", e.getMessage());
      return known;
    }
  }

  private RenewalAdvice advice(Login login, X509Certificate leaf) throws AcmeException {
    Instant now = clock.instant();
    if (login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isEmpty()) {
      return RenewalAdvice.of(leaf, Optional.empty(), Optional.empty(), now);
    }
    RenewalInfo info = login.bindRenewalInfo(leaf);
    Optional<Instant> retryAfter = info.fetch();
    RenewalAdvice.Window window =
        new RenewalAdvice.Window(info.getSuggestedWindowStart(), info.getSuggestedWindowEnd());
    return RenewalAdvice.of(leaf, Optional.of(window), retryAfter, now);
  }

  /** Records the retry time of the CA, if it sends one. */
  private <T> T asking(
      PrivateFolder folder, AcmeRequest request, AcmeRecord known, Supplier<T> talk) {
    try {
      return talk.get();
    } catch (AcmeErrors.Throttled e) {
      Instant until = e.until().orElse(clock.instant().plusSeconds(3600));
      known.withThrottled(request.settings().directory(), until).write(folder, request.server());
      throw e;
    }
  }

  private void requireNotThrottled(AcmeRecord known, AcmeRequest request) {
    Optional<Instant> until = throttledUntil(known, request);
    if (until.isPresent()) {
      throw MilvusTlsException.failure(
              "the ACME server has had too many requests and is not asked before " + until.get())
          .seen(request.settings().directory())
          .next("run the command again then")
          .build();
    }
  }

  private Optional<Instant> throttledUntil(AcmeRecord known, AcmeRequest request) {
    return known.throttledUntil(request.settings().directory(), clock.instant());
  }

  /**
   * Installs the leaf. Deletes the order last, so that the next command can repeat an interrupted
   * installation.
   */
  private AcmeResult putInForce(
      PrivateFolder folder, AcmeRequest request, AcmeRecord known, Ordering.Signed signed) {
    AcmeRecord record = recording(folder, request, known, signed.leaf());
    LeafEntry entry =
        directory.adopt(
            request.leaf(), signed.chain(), signed.pair().getPrivate(), request.storage());
    OpenOrder.forget(folder, request.server());
    AcmeRecord advised = advised(folder, record, signed.leaf(), request, RenewRequest.due());
    return new AcmeResult(entry, true, dueFrom(advised, signed.leaf(), RenewalPolicy.byLifetime()));
  }

  /** The predecessor of the new leaf, if the same CA issued it. */
  private Optional<X509Certificate> replaced(AcmeRecord known, AcmeRequest request) {
    AcmeDirectory ca = request.settings().directory();
    return inForce(request.server())
        .filter(
            leaf ->
                known
                    .ordered(leaf)
                    .filter(ordered -> ordered.settings().directory().equals(ca))
                    .isPresent());
  }

  private KeyPair keyPair(LeafEntry entry) {
    CertificateDirectory.ServerFiles files = directory.serverFiles(entry.name());
    PrivateKey key = PemFiles.privateKey(files.key());
    return new KeyPair(leaf(entry).getPublicKey(), key);
  }
}
