package org.milvustls.pki;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.milvustls.MilvusTlsException;

/** Finds the problems of one {@link Material}. */
final class MaterialCheck {
  private final Material material;
  private final List<X509Certificate> anchors;
  private final Instant now;
  private final List<String> notes;
  private final List<CertificateFinding> findings = new ArrayList<>();

  /**
   * A check at the clock's time.
   *
   * @param anchors trust anchors for the chain; empty: not known
   */
  MaterialCheck(Material material, List<X509Certificate> anchors, Clock clock) {
    this.material = material;
    this.anchors = anchors;
    this.now = clock.instant();
    this.notes = new ArrayList<>(material.notes());
  }

  Inspection run() {
    List<CertificateFacts> facts = material.chain().stream().map(CertificateFacts::of).toList();
    facts.forEach(this::checkValidity);
    for (int i = 0; i < facts.size(); i++) {
      checkStrength(facts.get(i), ChainCheck.isSelfSigned(material.chain().get(i)));
    }
    if (material.use() == Material.Use.AUTHORITIES) {
      facts.forEach(this::checkAuthority);
    } else {
      checkLeaf(facts.get(0));
      findings.addAll(new ChainCheck(material.chain(), anchors).run());
    }
    checkKey();
    return new Inspection(material.source(), facts, notes, findings);
  }

  private void checkValidity(CertificateFacts facts) {
    if (now.isAfter(facts.notAfter())) {
      add(Problem.EXPIRED, facts.subject() + " expired at " + facts.notAfter() + ": renew it");
    } else if (now.isBefore(facts.notBefore())) {
      add(
          Problem.NOT_YET_VALID,
          facts.subject() + " is valid from " + facts.notBefore() + ": check this machine's clock");
    }
  }

  private void checkStrength(CertificateFacts facts, boolean selfSigned) {
    if (Strength.isWeakKey(facts.key())) {
      add(
          Problem.WEAK_KEY,
          facts.subject() + " has a key of " + facts.key() + ": issue it anew with ecdsa-p256");
    }
    // The signature of a root does not matter: a root is trusted as a local file.
    if (!selfSigned && Strength.isWeakSignature(facts.signature())) {
      add(
          Problem.WEAK_SIGNATURE,
          facts.subject() + " is signed with " + facts.signature() + ": have it issued anew");
    }
  }

  private void checkAuthority(CertificateFacts facts) {
    if (!facts.authority()) {
      add(
          Problem.LEAF_AS_TRUST_ANCHOR,
          facts.subject()
              + " is no CA's certificate: a JVM that trusts it accepts it even when expired;"
              + " give clients the CA's certificate");
    }
  }

  private void checkLeaf(CertificateFacts facts) {
    if (facts.names().isEmpty()) {
      add(
          Problem.NO_NAMES,
          facts.subject()
              + " has no subject alternative name: clients match no host to it, whatever its"
              + " subject says");
    }
    if (facts.authority()) {
      add(Problem.WRONG_USAGE, facts.subject() + " is a CA's certificate and not a leaf");
      return;
    }
    boolean server = facts.allows(LeafRole.SERVER);
    boolean client = facts.allows(LeafRole.CLIENT);
    boolean allowed =
        switch (material.use()) {
          case SERVER -> server;
          case CLIENT -> client;
          default -> server || client;
        };
    if (!allowed) {
      add(
          Problem.WRONG_USAGE,
          facts.subject()
              + " may be used for "
              + String.join(", ", facts.extendedUsages())
              + " only; needed: "
              + switch (material.use()) {
                case SERVER -> "serverAuth";
                case CLIENT -> "clientAuth";
                default -> "serverAuth or clientAuth";
              });
    }
  }

  private void checkKey() {
    material
        .key()
        .filter(key -> !KeyMatch.matches(material.chain().get(0).getPublicKey(), key))
        .ifPresent(
            key ->
                add(
                    Problem.KEY_MISMATCH,
                    "the key"
                        + material.keyFile().map(file -> " in " + file).orElse("")
                        + " is not that of "
                        + material.chain().get(0).getSubjectX500Principal().getName()));
    if (material.keyAmongCertificates()) {
      add(
          Problem.KEY_IN_PUBLIC_FILE,
          "a private key is in a file of certificates, which is handed out: keep it in a file of"
              + " its own with mode 0600, and take it for known to others");
    }
    material
        .keyFile()
        .ifPresent(file -> KeyReaders.of(file).ifPresent(readers -> checkReaders(file, readers)));
  }

  private void checkReaders(Path file, KeyReaders readers) {
    if (readers.everybody()) {
      add(
          Problem.KEY_READABLE_BY_OTHERS,
          file + " has permissions " + readers + ": run 'chmod 600' on it");
    } else if (readers.theGroup()) {
      String whom = "group '" + readers.group() + "' can read ";
      if (readers.ofRoot() || isForGroup(file)) {
        notes.add(whom + file);
      } else {
        add(
            Problem.KEY_READABLE_BY_OTHERS,
            file + " has permissions " + readers + ", so " + whom + "it: run 'chmod 600' on it");
      }
    }
  }

  /** Whether {@code --key-mode} allows the group. */
  private static boolean isForGroup(Path file) {
    try {
      return DirectoryState.leafOf(file)
          .filter(leaf -> leaf.keyMode() == KeyMode.GROUP)
          .isPresent();
    } catch (MilvusTlsException e) {
      // No readable record says so.
      return false;
    }
  }

  private void add(Problem problem, String detail) {
    findings.add(new CertificateFinding(problem, detail));
  }
}
