package org.milvustls.tls;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.HostName;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafRequest;

/** Makes certificates for tests at run time: root, intermediate, leaves. */
public final class TestPki {
  private final CertificateAuthority root;
  private final CertificateAuthority intermediate;

  private TestPki(CertificateAuthority root, CertificateAuthority intermediate) {
    this.root = root;
    this.intermediate = intermediate;
  }

  public static TestPki named(String name) {
    CertificateAuthority root =
        CertificateAuthority.root(AuthorityRequest.root(name + " root"), Clock.systemUTC());
    return new TestPki(
        root, root.intermediate(AuthorityRequest.intermediate(name + " intermediate")));
  }

  /** The trust anchors for a peer of this CA. */
  public TrustSource trust() {
    return TrustSource.certificates(List.of(root.certificate()));
  }

  public CertificateAuthority root() {
    return root;
  }

  public CertificateAuthority intermediate() {
    return intermediate;
  }

  public Identity server(String... hosts) {
    return identity(intermediate.issueServer("server", hosts));
  }

  public Identity client(String name) {
    return identity(intermediate.issueClient(name));
  }

  /** A server leaf with a given start of validity, in the past or the future. */
  public Identity serverValidFrom(Instant start, Duration lifetime, String... hosts) {
    return identity(
        intermediate.issue(
            LeafRequest.server("server", Arrays.stream(hosts).map(HostName::of).toList())
                .withNotBefore(start)
                .withLifetime(lifetime)));
  }

  public static Identity identity(IssuedCertificate issued) {
    return Identity.of(issued.chain(), issued.privateKey());
  }

  /** Only the leaf, as from a server without its intermediate. */
  public static Identity leafOnly(Identity whole) {
    Identity.Pair pair = whole.load();
    return Identity.of(List.of(pair.leaf()), pair.key());
  }

  /** A self-signed server certificate. */
  public static Identity selfSigned(String name) {
    return selfSigned(
        name, Optional.of(new GeneralNames(new GeneralName(GeneralName.dNSName, name))));
  }

  /** A certificate with its name only in the subject, which no client matches. */
  public static Identity withoutNames() {
    return selfSigned("localhost", Optional.empty());
  }

  private static Identity selfSigned(String name, Optional<GeneralNames> names) {
    try {
      KeyPair pair = KeyType.ECDSA_P256.generate();
      X500Name subject = new X500Name("CN=" + name);
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              BigInteger.ONE,
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              subject,
              pair.getPublic());
      if (names.isPresent()) {
        builder.addExtension(Extension.subjectAlternativeName, false, names.get());
      }
      X509CertificateHolder holder =
          builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
      return Identity.of(
          List.of(new JcaX509CertificateConverter().getCertificate(holder)), pair.getPrivate());
    } catch (OperatorCreationException | CertIOException | CertificateException e) {
      throw new IllegalStateException("a certificate can be made", e);
    }
  }

  /** Writes chain and key; the folder must be new. */
  public static Files write(IssuedCertificate issued, Path folder, String name) {
    Path chain = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    issued.writePem(chain, key);
    return new Files(chain, key);
  }

  /** Two PEM files. */
  public record Files(Path chain, Path key) {}

  public Optional<TrustSource> optionalTrust() {
    return Optional.of(trust());
  }
}
