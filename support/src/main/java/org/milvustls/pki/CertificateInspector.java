package org.milvustls.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;

/**
 * Inspects certificates in files, stores, directories and served chains, and reports problems.
 * Changes nothing.
 *
 * <pre>{@code
 * CertificateInspector.withClock(Clock.systemUTC())
 *     .trusting(PemFiles.certificates(Path.of("ca.pem")))
 *     .path(Path.of("server.pem"));   // with server.key beside it
 * }</pre>
 */
public final class CertificateInspector {
  private final Clock clock;
  private final List<X509Certificate> anchors;
  private final Optional<KeyPassword> password;

  private CertificateInspector(
      Clock clock, List<X509Certificate> anchors, Optional<KeyPassword> password) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.anchors = List.copyOf(anchors);
    this.password = password;
  }

  /** An inspector without trust anchors and password. */
  public static CertificateInspector withClock(Clock clock) {
    return new CertificateInspector(clock, List.of(), Optional.empty());
  }

  /** A copy with trust anchors for chains. */
  public CertificateInspector trusting(List<X509Certificate> trustAnchors) {
    return new CertificateInspector(clock, trustAnchors, password);
  }

  /** A copy with the password of key stores and encrypted keys. */
  public CertificateInspector unlocking(KeyPassword keyPassword) {
    return new CertificateInspector(clock, anchors, Optional.of(keyPassword));
  }

  /**
   * Inspects a PEM file, a PKCS#12 or JKS key store, a certificate directory, or all of these in
   * any other folder.
   *
   * @return at least one inspection; a path without a certificate is an error
   */
  public List<Inspection> path(Path path) {
    if (!Files.isDirectory(path)) {
      return check(new MaterialReader(password).file(path), anchors);
    }
    return DirectoryState.existsIn(path) ? certificateDirectory(path) : folder(path);
  }

  /**
   * The files that {@link #path} would inspect one by one. A certificate directory counts as one,
   * because its parts are inspected together.
   *
   * @throws MilvusTlsException when there is none
   */
  public List<Path> files(Path path) {
    if (!Files.isDirectory(path) || DirectoryState.existsIn(path)) {
      return List.of(path);
    }
    List<Path> files = new MaterialReader(password).files(path);
    if (files.isEmpty()) {
      throw noCertificate(path);
    }
    return files;
  }

  /**
   * Inspects the configured chain and key of a server.
   *
   * @throws MilvusTlsException when one of them cannot be read
   */
  public Inspection serverPair(Path chain, Path key) {
    Material material =
        Material.certificates(chain.toString(), Material.Use.SERVER, PemFiles.certificates(chain))
            .withKeyFile(key)
            .withKey(PemFiles.privateKey(key, password));
    return new MaterialCheck(material, anchors, clock).run();
  }

  /**
   * Inspects a PEM file of the CA certificates that a server or a client trusts.
   *
   * @throws MilvusTlsException when it cannot be read
   */
  public Inspection authorities(Path file) {
    Material material =
        Material.certificates(
            file.toString(), Material.Use.AUTHORITIES, PemFiles.certificates(file));
    Material checked =
        MaterialReader.holdsKey(file) ? material.withKeyAmongCertificates() : material;
    return new MaterialCheck(checked, List.of(), clock).run();
  }

  /**
   * Inspects the chain that a server sent.
   *
   * @param endpoint its name in reports
   * @param host the name that clients use
   * @param refusal the reason why it rejected the client, if it did
   */
  public Inspection served(
      String endpoint, HostName host, List<X509Certificate> chain, Optional<String> refusal) {
    Inspection inspection =
        new MaterialCheck(
                Material.certificates(endpoint, Material.Use.SERVER, chain), anchors, clock)
            .run();
    List<CertificateFinding> findings = new ArrayList<>(inspection.findings());
    CertificateFacts leaf = inspection.chain().get(0);
    if (leaf.names().stream().noneMatch(name -> covers(name, host))) {
      findings.add(
          new CertificateFinding(
              Problem.NAME_MISMATCH,
              "reached as " + host + ", but the names are " + String.join(", ", leaf.names())));
    }
    refusal.ifPresent(text -> findings.add(new CertificateFinding(Problem.CLIENT_REFUSED, text)));
    return new Inspection(endpoint, inspection.chain(), inspection.notes(), findings);
  }

  private static boolean covers(String certified, HostName host) {
    try {
      return HostName.of(certified).covers(host);
    } catch (MilvusTlsException e) {
      // Text that is not a host name covers no host.
      return false;
    }
  }

  private List<Inspection> folder(Path folder) {
    List<Material> materials = new MaterialReader(password).folder(folder);
    if (materials.isEmpty()) {
      throw noCertificate(folder);
    }
    return check(materials, anchors);
  }

  private static MilvusTlsException noCertificate(Path folder) {
    return MilvusTlsException.failure("no certificate in this directory")
        .seen(folder)
        .allowed("files named " + MaterialReader.EXTENSIONS)
        .build();
  }

  private List<Inspection> certificateDirectory(Path path) {
    CertificateDirectory directory = CertificateDirectory.at(path, clock);
    MaterialReader reader = new MaterialReader(password);
    List<X509Certificate> serverAnchors = PemFiles.certificates(directory.trustAnchors());
    List<Inspection> inspections = new ArrayList<>();
    for (LeafEntry leaf : directory.leaves()) {
      LeafFolder files = new LeafFolder(directory.path(), leaf.role(), leaf.name());
      List<X509Certificate> expected =
          leaf.role() == LeafRole.SERVER ? serverAnchors : directory.clientAnchors();
      inspections.addAll(check(reader.file(files.certificate()), expected));
      inspections.addAll(check(reader.file(files.peerAnchors()), List.of()));
    }
    inspections.addAll(check(reader.file(directory.trustAnchors()), List.of()));
    inspections.addAll(check(reader.folder(directory.path().resolve("ca")), List.of()));
    return inspections;
  }

  private List<Inspection> check(List<Material> materials, List<X509Certificate> expected) {
    return materials.stream()
        .map(material -> new MaterialCheck(material, expected, clock).run())
        .toList();
  }
}
