package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateInspectorTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final Path folder;
  private final CertificateAuthority root =
      CertificateAuthority.root(AuthorityRequest.root("Test root CA"), CLOCK);
  private final CertificateAuthority issuer =
      root.intermediate(AuthorityRequest.intermediate("Test CA"));
  private final CertificateInspector inspector =
      CertificateInspector.withClock(CLOCK).trusting(List.of(root.certificate()));

  CertificateInspectorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Nested
  class A_pem_file {
    @Test
    void of_a_sound_leaf_has_facts_and_no_findings() {
      Path file = write("server", issuer.issueServer("milvus", "localhost", "127.0.0.1"));

      Inspection inspection = only(inspector.path(file));

      assertThat(inspection.findings()).isEmpty();
      assertThat(inspection.chain())
          .extracting(CertificateFacts::subject, CertificateFacts::authority, CertificateFacts::key)
          .containsExactly(
              tuple("CN=milvus,O=milvus-tls", false, "ecdsa-p256"),
              tuple("CN=Test CA,O=milvus-tls", true, "ecdsa-p256"));
      CertificateFacts leaf = inspection.chain().get(0);
      assertThat(leaf.names()).containsExactly("localhost", "127.0.0.1");
      assertThat(leaf.keyUsages()).containsExactly("digitalSignature");
      assertThat(leaf.extendedUsages()).containsExactly("serverAuth");
      assertThat(leaf.signature()).isEqualTo("SHA256withECDSA");
      assertThat(leaf.notAfter()).isEqualTo(Instant.parse("2026-08-30T11:55:00Z"));
      assertThat(leaf.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void with_a_client_leaf_named_server_has_the_wrong_usage() {
      Path file = write("server", issuer.issueClient("search"));

      assertThat(findings(file))
          .containsExactly(
              new CertificateFinding(
                  Problem.WRONG_USAGE,
                  "CN=search,O=milvus-tls may be used for clientAuth only; needed: serverAuth"));
    }

    @Test
    void of_a_server_that_openssl_req_made_a_ca_of_itself_is_found() throws Exception {
      CertificateAuthority selfMade =
          CertificateAuthority.root(AuthorityRequest.root("localhost"), CLOCK);
      Path file = folder.resolve("server.pem");
      Files.writeString(file, Pem.encode(List.of(selfMade.certificate())));

      assertThat(findings(file))
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.NO_NAMES, Problem.WRONG_USAGE, Problem.CHAIN_UNTRUSTED);
    }

    @Test
    void with_the_key_of_another_certificate_is_found() throws Exception {
      Path file = write("server", issuer.issueServer("a", "localhost"));
      IssuedCertificate other = issuer.issueServer("b", "localhost");
      Files.writeString(folder.resolve("server.key"), Pem.encode(other.privateKey()));

      assertThat(findings(file))
          .containsExactly(
              new CertificateFinding(
                  Problem.KEY_MISMATCH,
                  "the key in "
                      + folder.resolve("server.key")
                      + " is not that of CN=a,O=milvus-tls"));
    }

    @Test
    void with_a_key_that_everybody_can_read_is_found() throws Exception {
      Path file = write("server", issuer.issueServer("a", "localhost"));
      Files.setPosixFilePermissions(
          folder.resolve("server.key"), PosixFilePermissions.fromString("rw-r--r--"));

      assertThat(findings(file))
          .containsExactly(
              new CertificateFinding(
                  Problem.KEY_READABLE_BY_OTHERS,
                  folder.resolve("server.key")
                      + " has permissions rw-r--r--: run 'chmod 600' on it"));
    }

    @Test
    void with_a_key_that_a_group_can_read_is_found_unless_that_was_meant() throws Exception {
      Path file = write("server", issuer.issueServer("a", "localhost"));
      Path key = folder.resolve("server.key");
      Files.setPosixFilePermissions(key, KeyMode.GROUP.permissions());
      notOfRoot(key);
      String group = Files.readAttributes(key, PosixFileAttributes.class).group().getName();
      CertificateDirectory certs = CertificateDirectory.at(folder.resolve("certs"));
      certs.init(
          InitRequest.builder().storage(new LeafStorage(KeyMode.GROUP, Optional.empty())).build());
      CertificateDirectory.ServerFiles meant = certs.serverFiles("milvus");
      notOfRoot(meant.key());

      assertThat(findings(file))
          .containsExactly(
              new CertificateFinding(
                  Problem.KEY_READABLE_BY_OTHERS,
                  key
                      + " has permissions rw-r-----, so group '"
                      + group
                      + "' can read it: run 'chmod 600' on it"));
      Inspection inspection =
          CertificateInspector.withClock(Clock.systemUTC())
              .serverPair(meant.certificate(), meant.key());
      assertThat(inspection.findings()).isEmpty();
      assertThat(inspection.notes())
          .containsExactly("group '" + group + "' can read " + meant.key());
    }

    /** Root's files count as given to their group; those of others do not. */
    private static void notOfRoot(Path file) throws IOException {
      if (Files.getAttribute(file, "unix:uid").equals(0)) {
        Files.setAttribute(file, "unix:uid", 65534);
      }
    }

    @Test
    void with_the_key_inside_is_found() throws Exception {
      IssuedCertificate leaf = issuer.issueServer("a", "localhost");
      Path file = folder.resolve("both.pem");
      PrivateFiles.create(
          file, Pem.encode(leaf.chain()) + Pem.encode(leaf.privateKey()), PrivateFiles.OWNER_ONLY);

      assertThat(findings(file))
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.KEY_IN_PUBLIC_FILE);
    }

    @Test
    void that_is_expired_or_not_yet_valid_is_found() {
      Path expired = write("a", issuer.issue(leaf().withNotBefore(NOW.minus(Duration.ofDays(91)))));
      Path future = write("b", issuer.issue(leaf().withNotBefore(NOW.plusSeconds(60))));

      assertThat(findings(expired))
          .containsExactly(
              new CertificateFinding(
                  Problem.EXPIRED,
                  "CN=milvus,O=milvus-tls expired at 2026-05-31T12:00:00Z: renew it"));
      assertThat(findings(future))
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.NOT_YET_VALID);
    }

    @Test
    void named_as_a_ca_with_a_leaf_in_it_is_found() {
      Path file = write("ca", issuer.issueServer("milvus", "localhost"));

      assertThat(findings(file))
          .extracting(CertificateFinding::problem)
          .contains(Problem.LEAF_AS_TRUST_ANCHOR);
    }

    @Test
    void without_its_intermediate_is_incomplete() throws Exception {
      Path file = folder.resolve("server.pem");
      Files.writeString(
          file, Pem.encode(issuer.issueServer("milvus", "localhost").chain().subList(0, 1)));

      assertThat(findings(file))
          .containsExactly(
              new CertificateFinding(
                  Problem.CHAIN_INCOMPLETE,
                  "no trust anchor signed CN=milvus,O=milvus-tls; missing: CN=Test CA,O=milvus-tls"));
      assertThat(only(CertificateInspector.withClock(CLOCK).path(file)).findings())
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.CHAIN_INCOMPLETE);
    }

    @Test
    void in_the_wrong_order_is_broken() throws Exception {
      List<X509Certificate> chain = issuer.issueServer("milvus", "localhost").chain();
      Path file = folder.resolve("server.pem");
      Files.writeString(file, Pem.encode(List.of(chain.get(0), root.certificate(), chain.get(1))));

      assertThat(findings(file))
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.CHAIN_BROKEN);
    }

    @Test
    void of_an_old_make_shows_all_that_is_wrong_with_it() throws Exception {
      Path file = folder.resolve("server.pem");
      Files.writeString(file, Pem.encode(List.of(subjectOnly(1024, "SHA1withRSA"))));

      assertThat(findings(file))
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.WEAK_KEY, Problem.NO_NAMES, Problem.CHAIN_UNTRUSTED);
    }

    @Test
    void that_outlives_its_issuer_is_found() throws Exception {
      CertificateAuthority shortLived =
          CertificateAuthority.root(
              AuthorityRequest.root("short").withLifetime(Duration.ofDays(30)), CLOCK);
      CertificateAuthority longer =
          CertificateAuthority.of(
              List.of(
                  CertificateTemplate.authority(
                          AuthorityRequest.intermediate("longer"),
                          issuer.certificate().getPublicKey(),
                          Validity.of(NOW.minusSeconds(1), Duration.ofDays(60)),
                          0)
                      .signedBy(shortLived.certificate(), shortLived.privateKey())),
              issuer.privateKey(),
              CLOCK);
      Path file = write("server", longer.issue(leaf().withLifetime(Duration.ofDays(40))));

      assertThat(only(inspector.trusting(List.of(shortLived.certificate())).path(file)).findings())
          .containsExactly(
              new CertificateFinding(
                  Problem.OUTLIVES_ISSUER,
                  "CN=longer,O=milvus-tls is valid until 2026-07-31T11:59:59Z, its issuer only"
                      + " until 2026-07-01T11:55:00Z"));
    }
  }

  @Nested
  class A_key_store {
    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void is_read_entry_by_entry(String type) throws Exception {
      Path file = store(type, "secret");

      List<Inspection> inspections = inspector.unlocking(password("secret")).path(file);

      assertThat(inspections)
          .extracting(Inspection::source)
          .containsExactlyInAnyOrder(file + " [milvus]", file + " [trusted]");
      assertThat(inspections)
          .filteredOn(each -> each.source().endsWith("[trusted]"))
          .flatExtracting(Inspection::findings)
          .extracting(CertificateFinding::problem)
          .containsExactly(Problem.LEAF_AS_TRUST_ANCHOR);
      assertThat(inspections)
          .filteredOn(each -> each.source().endsWith("[milvus]"))
          .flatExtracting(Inspection::findings)
          .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void with_the_wrong_password_is_one_message(String type) throws Exception {
      Path file = store(type, "secret");
      CertificateInspector wrong = inspector.unlocking(password("other"));

      assertThatThrownBy(() -> wrong.path(file))
          .hasMessage(
              "wrong password for the key store: '"
                  + file
                  + "'\n  next: check the first line of the password file");
    }

    @Test
    void without_a_password_shows_what_it_can_or_says_what_is_missing() throws Exception {
      assertThat(inspector.path(store("JKS", "secret")))
          .flatExtracting(Inspection::notes)
          .containsExactly("the key was not checked: no password was given");
      Path pkcs12 = store("PKCS12", "secret");
      assertThatThrownBy(() -> inspector.path(pkcs12))
          .hasMessageStartingWith("the key store shows no entry without its password: '" + pkcs12);
    }

    @Test
    void that_is_cut_short_is_damaged() throws Exception {
      Path file = store("PKCS12", "secret");
      byte[] bytes = Files.readAllBytes(file);
      Path cut = folder.resolve("cut.p12");
      Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

      assertThatThrownBy(() -> inspector.unlocking(password("secret")).path(cut))
          .hasMessageStartingWith("the key store is damaged: '" + cut);
    }

    private Path store(String type, String secret) throws Exception {
      IssuedCertificate leaf = issuer.issueServer("milvus", "localhost");
      KeyStore store = KeyStore.getInstance(type);
      store.load(null, null);
      store.setKeyEntry(
          "milvus",
          leaf.privateKey(),
          secret.toCharArray(),
          leaf.chain().toArray(Certificate[]::new));
      store.setCertificateEntry("trusted", issuer.issueClient("c").certificate());
      Path file = folder.resolve("store." + type);
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, secret.toCharArray());
      }
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return file;
    }

    private KeyPassword password(String secret) throws Exception {
      return KeyPassword.fromFile(Files.writeString(folder.resolve("password"), secret + "\n"));
    }
  }

  @Nested
  class A_directory {
    @Test
    void of_ours_is_sound_in_all_its_parts() {
      CertificateDirectory directory = CertificateDirectory.at(folder.resolve("certs"), CLOCK);
      directory.init(InitRequest.builder().client("search").build());

      List<Inspection> inspections = CertificateInspector.withClock(CLOCK).path(directory.path());

      assertThat(inspections).hasSize(9).flatExtracting(Inspection::findings).isEmpty();
    }

    @Test
    void of_any_other_make_is_searched_for_files() {
      write("tls", issuer.issueServer("milvus", "localhost"));
      write("mtls", issuer.issueClient("search"));

      assertThat(inspector.path(folder)).hasSize(2);
    }

    @Test
    void without_certificates_is_an_error() {
      assertThatThrownBy(() -> inspector.path(folder))
          .hasMessage(
              "no certificate in this directory: '"
                  + folder
                  + "'; allowed: files named *.pem, *.crt, *.cer, *.p12, *.pfx, *.jks");
    }
  }

  @Nested
  class A_served_chain {
    @Test
    void is_checked_against_the_name_it_was_reached_under() {
      List<X509Certificate> chain = issuer.issueServer("m", "*.example.org", "::1").chain();

      assertThat(served(chain, "a.example.org")).isEmpty();
      assertThat(served(chain, "0:0:0:0:0:0:0:1")).isEmpty();
      assertThat(served(chain, "a.b.example.org"))
          .containsExactly(
              new CertificateFinding(
                  Problem.NAME_MISMATCH,
                  "reached as a.b.example.org, but the names are *.example.org, 0:0:0:0:0:0:0:1"));
    }

    @Test
    void of_a_server_that_did_not_let_the_client_in_says_so() {
      List<X509Certificate> chain = issuer.issueServer("m", "localhost").chain();

      assertThat(
              inspector
                  .served("e", HostName.of("localhost"), chain, Optional.of("alert 42"))
                  .findings())
          .containsExactly(new CertificateFinding(Problem.CLIENT_REFUSED, "alert 42"));
    }

    private List<CertificateFinding> served(List<X509Certificate> chain, String host) {
      return inspector.served("e", HostName.of(host), chain, Optional.empty()).findings();
    }
  }

  private static LeafRequest leaf() {
    return LeafRequest.server("milvus", HostName.listOf("localhost"));
  }

  private Path write(String name, IssuedCertificate leaf) {
    Path file = folder.resolve(name + ".pem");
    leaf.writePem(file, folder.resolve(name + ".key"));
    return file;
  }

  private List<CertificateFinding> findings(Path file) {
    return only(inspector.path(file)).findings();
  }

  private static Inspection only(List<Inspection> inspections) {
    assertThat(inspections).hasSize(1);
    return inspections.get(0);
  }

  /** As old recipes make it: self-signed, the host name in the subject only. */
  private static X509Certificate subjectOnly(int bits, String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    X500Principal subject = new X500Principal("CN=localhost");
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.ONE,
                    Date.from(NOW.minusSeconds(60)),
                    Date.from(NOW.plusSeconds(60)),
                    subject,
                    pair.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
  }
}
