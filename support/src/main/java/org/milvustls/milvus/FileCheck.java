package org.milvustls.milvus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milvustls.MilvusTlsException;
import org.milvustls.milvus.ConfigFinding.Severity;
import org.milvustls.pki.CertificateFacts;
import org.milvustls.pki.CertificateFinding;
import org.milvustls.pki.CertificateInspector;
import org.milvustls.pki.Inspection;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.Problem;

/** Checks the files that a configuration names, if they are on this machine. */
final class FileCheck {
  /**
   * SHA-256 of the public keys whose private keys are in the Milvus repository and its images:
   * {@code configs/cert/server.pem} and {@code configs/cert1/server.pem}.
   */
  static final Set<String> SHIPPED_KEYS =
      Set.of(
          "94226eaf3a8acb733dafa214dc91fbee87b787a94c9ba147c6b2f314f59cc9d7",
          "ec2324d24c8c7795fbcf8c7996922dd100e1809d8abb8be84e1600296604ff36");

  private static final Duration SOON = Duration.ofDays(30);
  private static final Set<Problem> HARMLESS_TO_START =
      Set.of(
          Problem.KEY_READABLE_BY_OTHERS,
          Problem.OUTLIVES_ISSUER,
          Problem.WEAK_KEY,
          Problem.WEAK_SIGNATURE,
          Problem.LEAF_AS_TRUST_ANCHOR);

  private final ConfigCheckRequest request;
  private final EffectiveSettings settings;
  private final Clock clock;
  private final Set<String> shippedKeys;
  private final List<ConfigFinding> findings = new ArrayList<>();
  private final List<String> notChecked = new ArrayList<>();

  FileCheck(ConfigCheckRequest request, EffectiveSettings settings, Clock clock) {
    this(request, settings, clock, SHIPPED_KEYS);
  }

  FileCheck(
      ConfigCheckRequest request,
      EffectiveSettings settings,
      Clock clock,
      Set<String> shippedKeys) {
    this.request = request;
    this.settings = settings;
    this.clock = clock;
    this.shippedKeys = shippedKeys;
  }

  List<ConfigFinding> findings() {
    return List.copyOf(findings);
  }

  List<String> notChecked() {
    return List.copyOf(notChecked);
  }

  void run(boolean mutual) {
    Optional<Path> pem = local(TlsKeys.SERVER_PEM);
    Optional<Path> key = local(TlsKeys.SERVER_KEY);
    if (pem.isPresent() && key.isPresent()) {
      pair(pem.get(), key.get());
    }
    if (mutual) {
      local(TlsKeys.CLIENT_CA).ifPresent(this::clientCa);
    }
  }

  /** The local file of a setting; a mapped but missing one is a finding. */
  private Optional<Path> local(String key) {
    Optional<Setting> setting = settings.find(key);
    if (setting.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> file = request.local(setting.get().value());
    if (file.isEmpty()) {
      notChecked.add(
          setting.get().value()
              + " ("
              + key
              + "): say where it is on this machine with --map SERVER=LOCAL");
      return Optional.empty();
    }
    if (!Files.isReadable(file.get())) {
      boolean there = Files.exists(file.get());
      findings.add(
          new ConfigFinding(
              Severity.ERROR,
              there ? "file-not-readable" : "file-missing",
              setting.get().place(),
              file.get()
                  + (there ? " cannot be read" : " is not there")
                  + ": the server dies at its start",
              there ? "let the user of the server read it" : "put it there, or correct the path"));
      return Optional.empty();
    }
    return file;
  }

  private void pair(Path pem, Path key) {
    Setting at = settings.find(TlsKeys.SERVER_PEM).orElseThrow();
    inspect(at, () -> CertificateInspector.withClock(clock).serverPair(pem, key))
        .ifPresent(
            inspection -> {
              soon(at, inspection.chain().get(0));
              shipped(at, PemFiles.certificates(pem).get(0));
            });
  }

  private void clientCa(Path file) {
    Setting at = settings.find(TlsKeys.CLIENT_CA).orElseThrow();
    inspect(at, () -> CertificateInspector.withClock(clock).authorities(file))
        .ifPresent(inspection -> soon(at, inspection.chain().get(0)));
  }

  private Optional<Inspection> inspect(Setting at, java.util.function.Supplier<Inspection> look) {
    try {
      Inspection inspection = look.get();
      inspection.findings().forEach(finding -> add(at, finding));
      return Optional.of(inspection);
    } catch (MilvusTlsException e) {
      findings.add(
          new ConfigFinding(
              Severity.ERROR,
              "file-not-readable",
              at.place(),
              String.valueOf(e.getMessage()).lines().findFirst().orElse("cannot be read"),
              "write it as PEM, the key as unencrypted PKCS#8"));
      return Optional.empty();
    }
  }

  private void add(Setting at, CertificateFinding finding) {
    findings.add(
        new ConfigFinding(
            HARMLESS_TO_START.contains(finding.problem()) ? Severity.WARNING : Severity.ERROR,
            finding.problem().id(),
            at.place(),
            finding.detail(),
            remedy(finding.problem())));
  }

  private static String remedy(Problem problem) {
    return switch (problem) {
      case EXPIRED, NOT_YET_VALID, NO_NAMES, WRONG_USAGE, WEAK_KEY, WEAK_SIGNATURE ->
          "issue it anew, then restart the server: it reads its files once";
      case KEY_MISMATCH ->
          "name the key that belongs to the certificate; the server dies otherwise";
      case KEY_READABLE_BY_OTHERS -> "chmod 600, owned by the user of the server";
      case KEY_IN_PUBLIC_FILE -> "keep the private key out of this file";
      case LEAF_AS_TRUST_ANCHOR -> "name the CA that issues client certificates";
      default -> "put the chain in order: leaf first, then its intermediates";
    };
  }

  private void soon(Setting at, CertificateFacts facts) {
    Instant now = clock.instant();
    if (facts.notAfter().isAfter(now) && facts.notAfter().isBefore(now.plus(SOON))) {
      findings.add(
          new ConfigFinding(
              Severity.WARNING,
              "expires-soon",
              at.place(),
              facts.subject() + " expires at " + facts.notAfter(),
              "renew it, then restart the server: it reads its files once"));
    }
  }

  private void shipped(Setting at, X509Certificate leaf) {
    if (shippedKeys.contains(sha256(leaf.getPublicKey().getEncoded()))) {
      findings.add(
          new ConfigFinding(
              Severity.ERROR,
              "shipped-key",
              at.place(),
              "this is the key pair that Milvus images ship: its private key is public",
              "make a key of your own with 'milvus-tls certs init'"));
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
