package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationTest {
  private final Path path;
  private final CertificateDirectory certificates;

  RotationTest(@TempDir Path folder) {
    path = folder.resolve("certs");
    certificates = CertificateDirectory.at(path);
  }

  @BeforeEach
  void made() {
    certificates.init(InitRequest.builder().client("search").build());
  }

  @Test
  void of_the_server_ca_lets_clients_of_old_and_new_anchors_connect_in_between() {
    List<X509Certificate> oldAnchors = PemFiles.certificates(certificates.trustAnchors());

    certificates.startRotation(LeafRole.SERVER);
    List<X509Certificate> both = PemFiles.certificates(certificates.trustAnchors());
    assertThat(both).hasSize(2).startsWith(oldAnchors.get(0));
    assertThat(PemFiles.certificates(certificates.clientFiles("search").trustAnchors()))
        .isEqualTo(both);
    assertThat(serverChainLeadsTo(oldAnchors)).isTrue();
    deployed();

    certificates.switchRotation(LeafRole.SERVER);
    List<X509Certificate> newFirst = PemFiles.certificates(certificates.trustAnchors());
    assertThat(newFirst).containsExactly(both.get(1), both.get(0));
    assertThat(serverChainLeadsTo(both)).isTrue();
    assertThat(serverChainLeadsTo(oldAnchors)).isFalse();
    assertThat(newFirst.get(0).getSubjectX500Principal())
        .isNotEqualTo(newFirst.get(1).getSubjectX500Principal());
    deployed();

    certificates.finishRotation(LeafRole.SERVER, List.of());
    assertThat(PemFiles.certificates(certificates.trustAnchors())).containsExactly(newFirst.get(0));
    assertThat(path.resolve("ca/server.former")).doesNotExist();
  }

  @Test
  void that_a_full_disk_interrupts_is_finished_by_the_same_step_and_cuts_nobody_off()
      throws Exception {
    Path inTheWay = Files.createDirectories(path.resolve(".ca.pem.new/as-good-as-a-full-disk"));
    assertThatThrownBy(() -> certificates.startRotation(LeafRole.SERVER))
        .hasMessageStartingWith("cannot rotate the CA");
    Files.delete(inTheWay);

    assertThatThrownBy(() -> certificates.switchRotation(LeafRole.SERVER))
        .as("the client does not know the new CA yet")
        .hasMessageStartingWith("changed files are not deployed yet");
    assertThatThrownBy(() -> certificates.startRotation(LeafRole.SERVER))
        .hasMessageStartingWith("a rotation is under way already");
    deployed();
    certificates.switchRotation(LeafRole.SERVER);
    deployed();

    Files.createDirectories(inTheWay);
    assertThatThrownBy(() -> certificates.finishRotation(LeafRole.SERVER, List.of()))
        .hasMessageStartingWith("cannot rotate the CA");
    Files.delete(inTheWay);
    certificates.finishRotation(LeafRole.SERVER, List.of());
    assertThat(PemFiles.certificates(certificates.trustAnchors())).hasSize(1);
    assertThat(PemFiles.certificates(certificates.clientFiles("search").trustAnchors())).hasSize(1);
    assertThatThrownBy(() -> certificates.finishRotation(LeafRole.SERVER, List.of()))
        .hasMessageStartingWith("there is no former CA to take away");
  }

  @Test
  void of_the_client_ca_changes_what_servers_let_in() {
    Path clientCa = certificates.serverFiles("milvus").clientCa();
    X509Certificate old = PemFiles.certificates(clientCa).get(0);

    assertThat(certificates.startRotation(LeafRole.CLIENT))
        .extracting(LeafEntry::path)
        .containsExactly("servers/milvus");
    assertThat(PemFiles.certificates(clientCa)).hasSize(2).startsWith(old);
    deployed();

    assertThat(certificates.switchRotation(LeafRole.CLIENT))
        .extracting(LeafEntry::path)
        .containsExactly("clients/search");
    deployed();

    certificates.finishRotation(LeafRole.CLIENT, List.of());
    assertThat(PemFiles.certificates(clientCa)).hasSize(1).doesNotContain(old);
    assertThat(certificates.pendingDeploys())
        .extracting(LeafEntry::path)
        .containsExactly("servers/milvus");
    assertThat(CertificateInspector.withClock(Clock.systemUTC()).path(path))
        .flatExtracting(Inspection::findings)
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(LeafRole.class)
  void refuses_to_go_on_before_a_step_was_deployed(LeafRole role) {
    certificates.startRotation(role);

    assertThatThrownBy(() -> certificates.switchRotation(role))
        .hasMessageStartingWith(
            "changed files are not deployed yet, so going on would cut connections: '")
        .hasMessageContaining("certs renew --deployed");
    deployed();
    certificates.switchRotation(role);
    assertThatThrownBy(() -> certificates.finishRotation(role, List.of()))
        .hasMessageStartingWith("changed files are not deployed yet");
  }

  @Test
  void refuses_steps_out_of_order() {
    assertThatThrownBy(() -> certificates.switchRotation(LeafRole.SERVER))
        .hasMessage("no rotation was started: '--switch'; allowed: --start");
    assertThatThrownBy(() -> certificates.finishRotation(LeafRole.SERVER, List.of()))
        .hasMessage("there is no former CA to take away: '--finish'; allowed: --start");
    certificates.startRotation(LeafRole.SERVER);
    assertThatThrownBy(() -> certificates.startRotation(LeafRole.SERVER))
        .hasMessage("a rotation is under way already: '--start'; allowed: --switch");
  }

  @Test
  void does_not_finish_while_an_endpoint_serves_the_old_ca() {
    List<X509Certificate> oldChain =
        PemFiles.certificates(certificates.serverFiles("milvus").certificate());
    certificates.startRotation(LeafRole.SERVER);
    deployed();
    certificates.switchRotation(LeafRole.SERVER);
    deployed();

    assertThatThrownBy(() -> certificates.finishRotation(LeafRole.SERVER, List.of(oldChain)))
        .hasMessageStartingWith(
            "the old CA is still in use, so nothing was changed: 'served: CN=milvus,O=milvus-tls'");
    assertThat(PemFiles.certificates(certificates.trustAnchors())).hasSize(2);
  }

  @Test
  void that_was_interrupted_between_the_two_renames_goes_on() throws Exception {
    certificates.startRotation(LeafRole.SERVER);
    deployed();
    Files.move(
        path.resolve("ca/server"),
        path.resolve("ca/server.former"),
        StandardCopyOption.ATOMIC_MOVE);

    certificates.switchRotation(LeafRole.SERVER);

    assertThat(serverChainLeadsTo(List.of(newRoot()))).isTrue();
    assertThat(path.resolve("ca/server.next")).doesNotExist();
  }

  @Test
  void says_which_leaf_could_not_be_issued_anew_and_goes_on_when_that_is_mended() throws Exception {
    Path password = Files.writeString(path.resolveSibling("password"), "secret");
    certificates.issue(
        LeafRequest.client("store"), new LeafStorage(KeyMode.OWNER, Optional.of(password)));
    certificates.startRotation(LeafRole.CLIENT);
    deployed();
    Files.delete(password);

    assertThatThrownBy(() -> certificates.switchRotation(LeafRole.CLIENT))
        .hasMessageStartingWith("not every leaf could be issued anew: 'clients/store: ")
        .hasMessageEndingWith("mend that and run --switch again");

    Files.writeString(password, "secret");
    assertThat(certificates.switchRotation(LeafRole.CLIENT))
        .extracting(LeafEntry::path)
        .containsExactly("clients/search", "clients/store");
  }

  private X509Certificate newRoot() {
    return PemFiles.certificates(path.resolve("ca/server/root.pem")).get(0);
  }

  private void deployed() {
    certificates.deploy(pending -> {});
  }

  private boolean serverChainLeadsTo(List<X509Certificate> anchors) {
    List<X509Certificate> chain =
        PemFiles.certificates(certificates.serverFiles("milvus").certificate());
    return new ChainCheck(chain, anchors).run().isEmpty();
  }
}
