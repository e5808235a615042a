package org.milvustls.monitor;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateFacts;
import org.milvustls.pki.CertificateFinding;
import org.milvustls.pki.CertificateInspector;
import org.milvustls.pki.HostName;
import org.milvustls.pki.Inspection;
import org.milvustls.pki.KeyPassword;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.Problem;
import org.milvustls.tls.PeerProbe;
import org.milvustls.tls.ServedChain;

/** Checks one target once. Captures the data first, then evaluates it. */
final class TargetCheck {
  /** Problems that are warnings; every other problem is critical. */
  private static final Set<Problem> WARNS =
      Set.of(
          Problem.KEY_READABLE_BY_OTHERS,
          Problem.WEAK_KEY,
          Problem.WEAK_SIGNATURE,
          Problem.OUTLIVES_ISSUER,
          Problem.LEAF_AS_TRUST_ANCHOR);

  private final MonitorTarget target;
  private final Thresholds thresholds;
  private final Duration limit;
  private final Optional<KeyPassword> password;
  private final Clock clock;
  private final Instant now;
  private final List<CertificateStatus> certificates = new ArrayList<>();
  private final List<MonitorFinding> findings = new ArrayList<>();

  TargetCheck(
      MonitorTarget target,
      Thresholds thresholds,
      Duration limit,
      Optional<KeyPassword> password,
      Clock clock) {
    this.target = target;
    this.thresholds = thresholds;
    this.limit = limit;
    this.password = password;
    this.clock = clock;
    this.now = clock.instant();
  }

  TargetStatus run() {
    try {
      target.path().ifPresent(this::files);
      Optional<X509Certificate> served = target.listener().flatMap(this::listener);
      if (target.path().isPresent() && served.isPresent()) {
        compare(target.path().get(), served.get());
      }
      return TargetStatus.of(target.name(), certificates, findings);
    } catch (MilvusTlsException e) {
      findings.add(unreachable(e));
      return TargetStatus.of(target.name(), certificates, findings);
    }
  }

  /** The state for a problem of a certificate, except for the two that are states of their own. */
  static State stateOf(Problem problem, boolean anchorsKnown) {
    return WARNS.contains(problem) || (problem == Problem.CHAIN_INCOMPLETE && !anchorsKnown)
        ? State.WARNING
        : State.CRITICAL;
  }

  private static MonitorFinding unreachable(MilvusTlsException e) {
    return MonitorProblem.UNREACHABLE.seen(String.valueOf(e.getMessage()));
  }

  private void files(Path path) {
    CertificateInspector inspector = CertificateInspector.withClock(clock);
    Optional<Path> anchors = target.listener().flatMap(Listener::trustAnchors);
    if (anchors.isPresent()) {
      inspector = inspector.trusting(PemFiles.certificates(anchors.get()));
    }
    if (password.isPresent()) {
      inspector = inspector.unlocking(password.get());
    }
    List<Path> files = inspector.files(path);
    for (Path file : files) {
      try {
        inspector.path(file).forEach(inspection -> judge(inspection, anchors.isPresent()));
      } catch (MilvusTlsException e) {
        if (files.size() == 1) {
          throw e;
        }
        // An unreadable file must not hide the others.
        findings.add(MonitorProblem.UNREADABLE.seen(String.valueOf(e.getMessage())));
      }
    }
  }

  private Optional<X509Certificate> listener(Listener listener) {
    HostName host = HostName.of(listener.serverName());
    ServedChain served;
    try {
      served =
          ServedChain.capture(
              listener.host(), listener.port(), host.value(), listener.client(), limit);
    } catch (MilvusTlsException e) {
      if (PeerProbe.speaksHttp(listener.host(), listener.port(), limit)) {
        findings.add(
            MonitorProblem.PLAINTEXT.seen(
                listener.name() + " speaks plaintext: set common.security.tlsMode and restart"));
        return Optional.empty();
      }
      throw e;
    }
    List<X509Certificate> anchors =
        listener.trustAnchors().map(PemFiles::certificates).orElse(List.of());
    ValidatedPath path = ValidatedPath.of(served.chain(), anchors);
    Inspection inspection =
        CertificateInspector.withClock(clock)
            .trusting(anchors)
            .served(listener.name(), host, path.sent(), clientRefusal(listener, served));
    judge(inspection, !anchors.isEmpty());
    path.superfluous().stream()
        .filter(extra -> now.isAfter(extra.getNotAfter().toInstant()))
        .forEach(extra -> findings.add(superfluous(listener, extra)));
    if (listener.mutual() && !refusesWithoutCertificate(listener, served)) {
      findings.add(
          MonitorProblem.MUTUAL_NOT_ENFORCED.seen(
              listener.name()
                  + " lets in a client without certificate: set common.security.tlsMode to 2 and"
                  + " restart"));
    }
    return Optional.of(served.chain().get(0));
  }

  private static MonitorFinding superfluous(Listener listener, X509Certificate extra) {
    return MonitorProblem.SUPERFLUOUS_EXPIRED.seen(
        listener.name()
            + " also sends "
            + extra.getSubjectX500Principal().getName()
            + ", which is on no path and expired at "
            + extra.getNotAfter().toInstant()
            + ": take it out of server.pem");
  }

  /** A listener of mutual TLS refuses a client without certificate, as it should. */
  private static Optional<String> clientRefusal(Listener listener, ServedChain served) {
    return listener.client().isPresent() ? served.refusal() : Optional.empty();
  }

  private boolean refusesWithoutCertificate(Listener listener, ServedChain served) {
    return listener.client().isEmpty()
        ? served.refusal().isPresent()
        : ServedChain.capture(
                listener.host(), listener.port(), listener.serverName(), Optional.empty(), limit)
            .refusal()
            .isPresent();
  }

  private void judge(Inspection inspection, boolean anchorsKnown) {
    CertificateFacts leaf = inspection.chain().get(0);
    for (CertificateFacts facts : inspection.chain()) {
      State state =
          facts.equals(leaf) || leaf.authority()
              ? thresholds.ofLeaf(facts, now)
              : thresholds.ofIssuer(facts, leaf, now);
      certificates.add(
          new CertificateStatus(
              inspection.source(), facts, state, Duration.between(now, facts.notAfter())));
    }
    for (CertificateFinding finding : inspection.findings()) {
      Problem problem = finding.problem();
      if (problem != Problem.EXPIRED && problem != Problem.NOT_YET_VALID) {
        findings.add(
            new MonitorFinding(
                problem.id(),
                stateOf(problem, anchorsKnown),
                inspection.source() + ": " + finding.detail()));
      }
    }
  }

  private void compare(Path directory, X509Certificate served) {
    X509Certificate expected =
        PemFiles.certificates(
                CertificateDirectory.at(directory, clock).serverFiles(target.leaf()).certificate())
            .get(0);
    if (!expected.equals(served)) {
      findings.add(
          MonitorProblem.RENEWED_NOT_SERVED.seen(
              "serial "
                  + hex(expected.getSerialNumber())
                  + " is in "
                  + directory
                  + ", but serial "
                  + hex(served.getSerialNumber())
                  + " is served: restart Milvus, which reads its certificate only at its start"));
    }
  }

  private static String hex(BigInteger serial) {
    return serial.toString(16);
  }
}
