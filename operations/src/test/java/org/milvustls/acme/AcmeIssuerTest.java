package org.milvustls.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.milvus.v2.service.collection.request.HasCollectionReq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;
import org.milvustls.client.ConnectionFailedException;
import org.milvustls.client.ConnectionSettings;
import org.milvustls.client.SecureMilvus;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.CertificateDirectory.ServerFiles;
import org.milvustls.pki.CertificateFacts;
import org.milvustls.pki.HostName;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.KeyType;
import org.milvustls.pki.LeafEntry;
import org.milvustls.pki.LeafSource;
import org.milvustls.pki.LeafStorage;
import org.milvustls.pki.PemFiles;
import org.milvustls.pki.RenewRequest;
import org.milvustls.pki.RenewalPolicy;
import org.milvustls.pki.RenewalResult;
import org.milvustls.server.MilvusServer;
import org.milvustls.server.MilvusServers;
import org.milvustls.server.ServerChoice;
import org.milvustls.server.ServerKind;
import org.milvustls.server.ServerRequest;
import org.milvustls.tls.TlsMode;
import org.milvustls.tls.TlsSettings;

/** A public CA as far as a test can have one: Pebble. */
class AcmeIssuerTest {
  private static final AccountTerms AGREED = new AccountTerms(true, Optional.empty());
  private static final RenewRequest ALWAYS =
      new RenewRequest(RenewalPolicy.byLifetime(), true, false);
  private static Pebble pebble;

  private final CertificateDirectory certificates;
  private final AcmeIssuer issuer;

  AcmeIssuerTest(@TempDir Path folder) {
    this.certificates = CertificateDirectory.at(folder.resolve("certs"));
    this.issuer = AcmeIssuer.of(certificates, Clock.systemUTC());
  }

  @BeforeAll
  static void a_ca(@TempDir Path folder) throws Exception {
    pebble = Pebble.start(folder);
  }

  @AfterAll
  static void end() throws Exception {
    if (pebble != null) {
      pebble.close();
    }
  }

  private static AcmeRequest request(Optional<String> profile, int httpPort, String... names) {
    return request(
        names,
        new AcmeSettings(
            pebble.directory(),
            Optional.of(pebble.trust()),
            Optional.empty(),
            profile,
            ChallengeType.HTTP_01,
            httpPort,
            Optional.empty()));
  }

  private static AcmeRequest request(String... names) {
    return request(Optional.of("default"), pebble.httpPort(), names);
  }

  private static AcmeRequest request(String[] names, AcmeSettings settings) {
    return new AcmeRequest(
        "milvus", HostName.listOf(names), KeyType.ECDSA_P256, LeafStorage.DEFAULT, settings);
  }

  private X509Certificate leaf() {
    return PemFiles.certificates(certificates.serverFiles("milvus").certificate()).get(0);
  }

  private List<String> names() {
    return CertificateFacts.of(leaf()).names();
  }

  @Test
  void issues_then_asks_nobody_until_due_then_renews_with_the_same_account() throws Exception {
    AcmeRequest request = request("localhost");
    AcmeResult result = issuer.obtain(request, AGREED, RenewRequest.due());
    X509Certificate first = leaf();

    assertThat(result.issued()).isTrue();
    assertThat(result.entry().source()).isEqualTo(LeafSource.ACME);
    assertThat(certificates.pendingDeploys()).isEmpty();
    assertThat(PemFiles.certificates(certificates.serverFiles("milvus").clientCa()))
        .as("a public CA is never a client CA")
        .isEqualTo(certificates.clientAnchors());
    assertThat(privateFiles())
        .hasSize(4)
        .allSatisfy(
            file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("mode of " + file)
                    .isEqualTo("rw-------"));

    String log = pebble.log();
    assertThat(issuer.obtain(request, AccountTerms.NONE, RenewRequest.due()).issued()).isFalse();
    assertThat(pebble.log()).as("asked nothing").isEqualTo(log);
    assertThat(leaf()).isEqualTo(first);

    RenewalResult renewed = issuer.renew(result.entry(), ALWAYS);
    assertThat(renewed.outcome()).as(renewed.detail()).isEqualTo(RenewalResult.Outcome.RENEWED);
    assertThat(leaf().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    assertThat(leaf().getPublicKey()).isNotEqualTo(first.getPublicKey());
    assertThat(certificates.pendingDeploys()).hasSize(1);
    assertThat(pebble.log().substring(log.length()))
        .as("the account is used again, and the CA told what is replaced")
        .doesNotContain("/sign-me-up")
        .contains("is a replacement of");
  }

  private List<Path> privateFiles() throws Exception {
    try (Stream<Path> files = Files.list(certificates.path().resolve("acme"))) {
      return files.toList();
    }
  }

  @Test
  void renews_when_the_ca_advises_it_though_the_leaf_is_not_due() throws Exception {
    AcmeRequest request = request("localhost");
    issuer.obtain(request, AGREED, RenewRequest.due());
    X509Certificate first = leaf();
    pebble.advise(first, Instant.now().minusSeconds(86400));

    assertThat(issuer.obtain(request, AGREED, RenewRequest.due()).issued())
        .as("the CA said before when to ask again")
        .isFalse();
    AcmeIssuer later =
        AcmeIssuer.of(certificates, Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
    assertThat(later.obtain(request, AGREED, RenewRequest.due()).issued()).isTrue();
    assertThat(leaf().getSerialNumber()).isNotEqualTo(first.getSerialNumber());
  }

  @Test
  void puts_several_domains_into_one_certificate_of_the_profile_that_was_asked_for() {
    AcmeResult result =
        issuer.obtain(
            request(Optional.of("shortlived"), pebble.httpPort(), "a.example.org", "b.example.org"),
            AGREED,
            RenewRequest.due());

    assertThat(names()).containsExactlyInAnyOrder("a.example.org", "b.example.org");
    assertThat(result.entry().lifetime()).isCloseTo(Duration.ofDays(6), Duration.ofMinutes(1));
    assertThat(result.dueFrom()).isBefore(leaf().getNotAfter().toInstant());
  }

  @Test
  void says_which_profiles_there_are() {
    AcmeRequest request = request(Optional.of("eternal"), pebble.httpPort(), "localhost");

    assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
        .hasMessageStartingWith("the CA has no such profile: 'eternal'; allowed: ")
        .hasMessageContainingAll("default", "shortlived");
  }

  @Test
  void shows_by_txt_records_of_a_hook_that_a_wildcard_is_ours_and_takes_them_away() {
    String hook =
        """
        file='%s'/$MILVUS_TLS_ACME_RECORD
        if [ $MILVUS_TLS_ACME_ACTION = present ]; then
          echo "$MILVUS_TLS_ACME_VALUE" >> "$file"
        else
          sed -i "/^$MILVUS_TLS_ACME_VALUE$/d" "$file"
        fi
        """
            .formatted(pebble.txtRecords());
    AcmeRequest request =
        request(
            new String[] {"*.example.org", "example.org"},
            new AcmeSettings(
                pebble.directory(),
                Optional.of(pebble.trust()),
                Optional.empty(),
                Optional.of("default"),
                ChallengeType.DNS_01,
                AcmeSettings.HTTP_PORT,
                Optional.of(hook)));
    issuer.obtain(request, AGREED, RenewRequest.due());

    assertThat(names()).containsExactlyInAnyOrder("*.example.org", "example.org");
    assertThat(pebble.txtRecords().resolve("_acme-challenge.example.org")).isEmptyFile();
  }

  @Test
  void says_the_problem_when_the_challenge_is_refused_and_changes_nothing() throws Exception {
    certificates.init(InitRequest.defaults());
    X509Certificate before = leaf();
    AcmeRequest request = request(Optional.empty(), Pebble.freePort(), "localhost");

    assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageStartingWith("the CA could not see that the name is ours: ")
        .hasMessageContainingAll("'localhost'", "connection", "--challenge dns-01");
    assertThat(leaf()).isEqualTo(before);
  }

  @Test
  void asks_for_agreement_to_the_terms() {
    assertThatThrownBy(
            () -> issuer.obtain(request("localhost"), AccountTerms.NONE, RenewRequest.due()))
        .hasMessageStartingWith("the CA's terms of service have to be agreed to: '")
        .hasMessageEndingWith("add --agree-tos");
  }

  @Test
  void fetches_what_was_signed_when_it_could_not_be_put_in_force() throws Exception {
    certificates.initAuthorities();
    Path inTheWay = certificates.path().resolve("servers/milvus");
    Files.writeString(inTheWay, "as good as a full disk");
    AcmeRequest request = request("localhost");
    assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
        .hasMessageStartingWith("cannot put the certificate in force");
    Files.delete(inTheWay);
    long issued = pebble.issued();

    assertThat(issuer.obtain(request, AccountTerms.NONE, RenewRequest.due()).issued()).isTrue();
    assertThat(pebble.issued()).as("nothing was ordered anew").isEqualTo(issued);
    assertThat(names()).containsExactly("localhost");
    assertThat(certificates.path().resolve("acme/milvus.order")).doesNotExist();
  }

  @Test
  void what_could_not_be_put_in_force_leaves_the_leaf_in_force_as_it_was_asked_for()
      throws Exception {
    AcmeRequest before = request("localhost");
    LeafEntry entry = issuer.obtain(before, AGREED, RenewRequest.due()).entry();
    X509Certificate first = leaf();
    Path inTheWay = certificates.path().resolve("servers/milvus/..data_new/as-good-as-a-full-disk");
    Files.createDirectories(inTheWay);
    AcmeRequest later = request("localhost", "a.example.org");
    assertThatThrownBy(() -> issuer.obtain(later, AGREED, RenewRequest.due()))
        .hasMessageStartingWith("cannot put the certificate in force");
    Files.delete(inTheWay);
    long issued = pebble.issued();

    assertThat(issuer.recorded("milvus")).isEqualTo(before);
    assertThat(issuer.renew(entry, RenewRequest.due()).outcome())
        .isEqualTo(RenewalResult.Outcome.NOT_DUE);
    assertThat(leaf()).isEqualTo(first);

    assertThat(issuer.obtain(later, AGREED, RenewRequest.due()).issued()).isTrue();
    assertThat(pebble.issued()).as("nothing was ordered anew").isEqualTo(issued);
    assertThat(issuer.recorded("milvus")).isEqualTo(later);
  }

  @Test
  void forgets_an_open_order_that_the_ca_does_not_know_and_says_when_its_record_is_damaged()
      throws Exception {
    AcmeRequest request = request("localhost");
    issuer.obtain(request, AGREED, RenewRequest.due());
    Path file = certificates.path().resolve("acme/milvus.order");
    OpenOrder gone =
        OpenOrder.of(
            pebble.directory().uri().resolve("/my-order/gone").toURL(),
            request,
            KeyType.ECDSA_P256.generate());
    gone.write(certificates.privateFolder("acme"), "milvus");
    assertThat(gone).hasToString("Document[" + gone.location() + ", key hidden]");
    assertThat(issuer.obtain(request, AGREED, RenewRequest.due()).issued()).isFalse();

    Files.writeString(file, "{\"location\": \"");
    assertThatThrownBy(() -> issuer.obtain(request, AGREED, RenewRequest.due()))
        .hasMessageStartingWith("the record of an unfinished order is damaged: '" + file);
  }

  @Test
  void what_it_issues_is_served_by_a_real_milvus_to_clients_that_trust_the_ca() throws Exception {
    ServerChoice choice =
        MilvusServers.choose(ServerRequest.builder(TlsMode.OFF).kind(ServerKind.EMBEDDED).build());
    assumeTrue(choice.isAvailable(), "no embedded Milvus on this machine: " + choice.reason());
    certificates.init(InitRequest.builder().client("search").build());
    issuer.obtain(request("localhost"), AGREED, RenewRequest.due());
    ServerFiles files = certificates.serverFiles("milvus");
    CertificateDirectory.ClientFiles client = certificates.clientFiles("search");
    try (MilvusServer server =
        MilvusServers.start(
            ServerRequest.builder(TlsMode.MUTUAL)
                .kind(ServerKind.EMBEDDED)
                .certificate(files.certificate(), files.key())
                .clientCa(files.clientCa())
                .build())) {
      TlsSettings.Builder tls =
          TlsSettings.builder(TlsMode.MUTUAL).clientCertificate(client.certificate(), client.key());
      try (SecureMilvus milvus =
          SecureMilvus.connect(settings(server, tls.trustAnchors(pebble.root()).build()))) {
        assertThat(milvus.peerChain()).first().isEqualTo(leaf());
        assertThat(
                milvus
                    .client()
                    .hasCollection(HasCollectionReq.builder().collectionName("none").build()))
            .isFalse();
      }
      assertThatThrownBy(
              () ->
                  SecureMilvus.connect(
                      settings(server, tls.trustAnchors(client.trustAnchors()).build())))
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("not trusted");
    }
  }

  private static ConnectionSettings settings(MilvusServer server, TlsSettings tls) {
    return ConnectionSettings.builder("localhost", server.port(), tls).build();
  }
}
