package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLServerSocket;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.HostName;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.LeafRequest;
import org.milvustls.tls.Identity;

/** Each thing that can be wrong with files or a listener is a finding with its state. */
class FindingsTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private final Instant now = Instant.now();
  private final Path folder;
  private final Peers peers = new Peers();
  private final CertificateAuthority root =
      CertificateAuthority.root(AuthorityRequest.root("R"), CLOCK);
  private final CertificateAuthority ca = root.intermediate(AuthorityRequest.intermediate("I"));
  private final IssuedCertificate leaf = ca.issueServer("milvus", "localhost");

  FindingsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    peers.close();
  }

  private Path write(String name, List<X509Certificate> chain) throws Exception {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(Peers.pem(certificate));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> findings(MonitorTarget target) {
    return CertificateMonitor.withClock(CLOCK)
        .check(List.of(target))
        .targets()
        .get(0)
        .findings()
        .stream()
        .map(finding -> finding.state() + " " + finding.id())
        .toList();
  }

  private List<String> of(String name, List<X509Certificate> chain) throws Exception {
    return findings(MonitorTarget.files(write(name, chain)));
  }

  /** A leaf without names of an issuer that nobody knows. */
  private X509Certificate made(String algorithm, int bits, String signature, Instant until)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=unknown"),
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(60)),
                    Date.from(until),
                    new X500Principal("CN=leaf"),
                    pair.getPublic())
                .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
  }

  @Test
  void a_short_key_and_a_broken_hash_warn_and_a_missing_name_is_critical() throws Exception {
    assertThat(
            of(
                "server.pem",
                List.of(made("RSA", 1024, "SHA1withRSA", now.plus(Duration.ofDays(90))))))
        .containsExactly(
            "WARNING weak-key",
            "WARNING weak-signature",
            "CRITICAL no-names",
            "WARNING chain-incomplete");
  }

  @Test
  void the_certificate_of_a_client_at_a_server_is_critical() throws Exception {
    assertThat(of("server.pem", ca.issueClient("c").chain()))
        .containsExactly("CRITICAL wrong-usage");
  }

  @Test
  void an_issuer_with_less_than_two_lifetimes_of_its_leaf_warns() throws Exception {
    CertificateAuthority ending =
        root.intermediate(AuthorityRequest.intermediate("E").withLifetime(Duration.ofDays(60)));
    Path file =
        write(
            "server.pem",
            ending
                .issue(
                    LeafRequest.server("m", HostName.listOf("localhost"))
                        .withLifetime(Duration.ofDays(40)))
                .chain());
    assertThat(
            CertificateMonitor.withClock(CLOCK)
                .check(List.of(MonitorTarget.files(file)))
                .targets()
                .get(0)
                .certificates())
        .extracting(CertificateStatus::state)
        .containsExactly(State.OK, State.WARNING);
  }

  @Test
  void a_leaf_that_outlives_its_issuer_warns() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X509Certificate longer = authority(pair, Duration.ofDays(60));
    X509Certificate issued =
        CertificateAuthority.of(List.of(longer), pair.getPrivate(), CLOCK)
            .issue(
                LeafRequest.server("m", HostName.listOf("localhost"))
                    .withLifetime(Duration.ofDays(40)))
            .certificate();
    assertThat(of("server.pem", List.of(issued, authority(pair, Duration.ofDays(30)))))
        .containsExactly("WARNING outlives-issuer");
  }

  /** A CA of another CA, which is not there. */
  private X509Certificate authority(KeyPair pair, Duration lifetime) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=other"),
                    BigInteger.TWO,
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(lifetime)),
                    new X500Principal("CN=ending"),
                    pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  @Test
  void a_leaf_among_trust_anchors_warns() throws Exception {
    assertThat(of("ca.pem", List.of(leaf.certificate())))
        .containsExactly("WARNING leaf-as-trust-anchor");
  }

  @Test
  void a_chain_in_the_wrong_order_is_critical() throws Exception {
    assertThat(
            of("server.pem", List.of(leaf.certificate(), root.certificate(), leaf.chain().get(1))))
        .containsExactly("CRITICAL chain-broken");
  }

  @Test
  void a_key_in_a_file_of_certificates_is_critical() throws Exception {
    leaf.writePem(folder.resolve("a.pem"), folder.resolve("a.key"));
    String both =
        List.of("a.pem", "a.key").stream()
            .map(name -> read(folder.resolve(name)))
            .collect(Collectors.joining());
    Path file = folder.resolve("server.pem");
    Files.writeString(file, both);
    assertThat(findings(MonitorTarget.files(file)))
        .containsExactly("CRITICAL key-in-public-file", "WARNING key-readable-by-others");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_client_that_is_refused_is_critical() throws Exception {
    IssuedCertificate stranger =
        CertificateAuthority.root(AuthorityRequest.root("S"), CLOCK)
            .intermediate(AuthorityRequest.intermediate("T"))
            .issueClient("stranger");
    try (SSLServerSocket socket = peers.tls(leaf, leaf.chain(), ca.chain().get(0), true)) {
      assertThat(
              findings(
                  MonitorTarget.served(
                      new Listener(
                          "localhost",
                          socket.getLocalPort(),
                          "localhost",
                          Optional.empty(),
                          Optional.of(Identity.of(stranger.chain(), stranger.privateKey())),
                          true))))
          .containsExactly("CRITICAL client-refused");
    }
  }

  @Test
  void a_file_of_a_folder_that_cannot_be_read_hides_no_other() throws Exception {
    Files.writeString(folder.resolve("broken.pem"), "nothing");
    leaf.writePem(folder.resolve("server.pem"), folder.resolve("server.key"));
    TargetStatus status =
        CertificateMonitor.withClock(CLOCK)
            .check(List.of(MonitorTarget.files(folder)))
            .targets()
            .get(0);
    assertThat(status.findings()).extracting(MonitorFinding::id).containsExactly("unreadable");
    assertThat(status.state()).isEqualTo(State.CRITICAL);
    assertThat(status.reason()).contains("broken.pem");
    assertThat(status.certificates()).hasSize(2);
  }

  @Test
  void a_listener_that_is_down_does_not_hide_the_files_beside_it() throws Exception {
    leaf.writePem(folder.resolve("server.pem"), folder.resolve("server.key"));
    TargetStatus status =
        CertificateMonitor.withClock(CLOCK)
            .check(
                List.of(
                    MonitorTarget.deployed(
                        folder,
                        "milvus",
                        new Listener(
                            "nowhere.invalid",
                            19530,
                            "localhost",
                            Optional.empty(),
                            Optional.empty(),
                            false))))
            .targets()
            .get(0);
    assertThat(status.state()).isEqualTo(State.UNREACHABLE);
    assertThat(status.certificates()).hasSize(2);
  }
}
