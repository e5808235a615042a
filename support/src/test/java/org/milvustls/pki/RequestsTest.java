package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsTest {
  private static final LeafRequest SERVER =
      LeafRequest.server("milvus", HostName.listOf("milvus.example.org", "::1"));

  private final Path path;
  private final Path folder;
  private final CertificateDirectory certificates;
  private final CertificateAuthority corporateRoot =
      CertificateAuthority.root(AuthorityRequest.root("Corporate root"), Clock.systemUTC());
  private final CertificateAuthority corporate =
      corporateRoot.intermediate(AuthorityRequest.intermediate("Corporate CA"));

  RequestsTest(@TempDir Path folder) {
    this.folder = folder;
    path = folder.resolve("certs");
    certificates = CertificateDirectory.at(path);
  }

  @BeforeEach
  void made() {
    certificates.init(InitRequest.builder().client("search").build());
  }

  @Nested
  class A_request {
    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "ED25519", "RSA_2048"})
    void carries_key_and_names_and_proves_possession(KeyType type) {
      Path file = certificates.request(SERVER.withKeyType(type));

      SigningRequest request = SigningRequest.read(file);
      assertThat(KeyType.of(request.publicKey())).contains(type);
      assertThat(request.names())
          .containsExactly(HostName.of("milvus.example.org"), HostName.of("0:0:0:0:0:0:0:1"));
    }

    @Test
    void keeps_its_key_to_the_owner() throws Exception {
      Path file = certificates.request(SERVER);

      assertThat(file).isEqualTo(path.resolve("requests/servers/milvus/server.csr"));
      assertThat(Files.getPosixFilePermissions(file.resolveSibling("server.key")))
          .isEqualTo(PrivateFiles.OWNER_ONLY);
    }

    @Test
    void that_waits_for_its_answer_is_not_overwritten() throws Exception {
      Path file = certificates.request(SERVER);
      String before = Files.readString(file);

      assertThatThrownBy(() -> certificates.request(SERVER))
          .hasMessageStartingWith("a request for this name waits for its answer: '" + file);
      assertThat(file).hasContent(before);
    }

    @Test
    void with_a_wrong_signature_is_refused() throws Exception {
      byte[] der = Pem.blocks(Files.readAllBytes(certificates.request(SERVER))).get(0).getContent();
      der[der.length - 1] ^= 1;
      Path file =
          Files.writeString(folder.resolve("x.csr"), Pem.encode("CERTIFICATE REQUEST", der));

      assertThatThrownBy(() -> SigningRequest.read(file))
          .hasMessageStartingWith(
              "cannot read a certificate signing request: its signature is wrong");
    }

    @Test
    void from_elsewhere_is_signed_without_ever_having_the_key() {
      CertificateDirectory elsewhere = CertificateDirectory.at(folder.resolve("elsewhere"));
      elsewhere.init(InitRequest.defaults());
      SigningRequest csr = SigningRequest.read(elsewhere.request(LeafRequest.client("remote")));

      certificates.issue(LeafRequest.client("remote"), csr);

      CertificateDirectory.ClientFiles files = certificates.clientFiles("remote");
      assertThat(PemFiles.certificates(files.certificate()).get(0).getPublicKey())
          .isEqualTo(csr.publicKey());
      assertThat(files.key()).doesNotExist();
      certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));
      assertThat(PemFiles.certificates(files.certificate()).get(0).getPublicKey())
          .isEqualTo(csr.publicKey());
    }
  }

  @Nested
  class An_answer {
    private SigningRequest request;

    @BeforeEach
    void requested() {
      request = SigningRequest.read(certificates.request(SERVER));
    }

    private List<X509Certificate> answer(LeafRequest leaf) {
      List<X509Certificate> answer = new ArrayList<>(corporate.issue(leaf, request.publicKey()));
      answer.add(corporateRoot.certificate());
      return answer;
    }

    private LeafEntry take(List<X509Certificate> answer) {
      return certificates.importAnswer(
          LeafRole.SERVER,
          "milvus",
          answer,
          List.of(corporateRoot.certificate()),
          LeafStorage.DEFAULT);
    }

    @Test
    void is_put_in_order_and_its_root_is_added_to_what_clients_trust() {
      List<X509Certificate> answer = answer(SERVER);
      Collections.reverse(answer);

      LeafEntry entry = take(answer);

      assertThat(entry.source()).isEqualTo(LeafSource.IMPORTED);
      assertThat(PemFiles.certificates(certificates.serverFiles("milvus").certificate()))
          .containsExactly(answer.get(2), corporate.certificate());
      assertThat(PemFiles.certificates(certificates.clientFiles("search").trustAnchors()))
          .hasSize(2)
          .contains(corporateRoot.certificate());
      assertThat(path.resolve("requests/servers/milvus")).doesNotExist();
      assertThat(certificates.pendingDeploys())
          .extracting(LeafEntry::path)
          .containsExactly("servers/milvus", "clients/search");
      assertThat(CertificateInspector.withClock(Clock.systemUTC()).path(path))
          .flatExtracting(Inspection::findings)
          .isEmpty();
    }

    @Test
    void is_not_renewed_here_but_says_what_to_do() {
      take(answer(SERVER));

      assertThat(certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false)))
          .first()
          .extracting(RenewalResult::detail)
          .isEqualTo(
              "another CA issued it: run 'certs csr --server milvus --host milvus.example.org --host"
                  + " 0:0:0:0:0:0:0:1', then 'certs import'");
    }

    @Test
    void to_another_request_is_refused() {
      List<X509Certificate> other = corporate.issue(SERVER).chain();

      assertThatThrownBy(() -> take(other))
          .hasMessageStartingWith("the answer is not for the key of this request: '");
      unchanged();
    }

    @Test
    void for_the_wrong_use_or_with_names_left_out_is_refused() {
      LeafRequest client = LeafRequest.client("milvus");

      assertThatThrownBy(() -> take(answer(client)))
          .hasMessageStartingWith("the answer cannot be used, so nothing was changed: 'wrong-usage")
          .hasMessageContaining(
              "name-mismatch: the CA left names out: 0:0:0:0:0:0:0:1, milvus.example.org");
      unchanged();
    }

    @Test
    void of_an_unknown_ca_is_refused() {
      List<X509Certificate> answer = answer(SERVER);

      assertThatThrownBy(
              () ->
                  certificates.importAnswer(
                      LeafRole.SERVER, "milvus", answer, List.of(), LeafStorage.DEFAULT))
          .hasMessageContaining("chain-incomplete: no trust anchor signed CN=Corporate CA")
          .hasMessageContaining("add --ca FILE with its root");
      unchanged();
    }

    @Test
    void without_a_request_is_refused() {
      assertThatThrownBy(
              () ->
                  certificates.importAnswer(
                      LeafRole.SERVER, "b", answer(SERVER), List.of(), LeafStorage.DEFAULT))
          .hasMessageStartingWith("there is no request to answer for this server: 'b'");
    }

    private void unchanged() {
      assertThat(certificates.leaves())
          .extracting(LeafEntry::source)
          .containsOnly(LeafSource.PRIVATE);
      assertThat(PemFiles.certificates(certificates.trustAnchors())).hasSize(1);
      assertThat(certificates.pendingDeploys()).isEmpty();
    }
  }
}
