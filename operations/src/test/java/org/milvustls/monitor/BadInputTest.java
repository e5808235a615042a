package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.KeyPassword;

/** What is wrong with a target is its state and its message; nothing hangs. */
@Timeout(600)
class BadInputTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private final Path folder;
  private final Peers peers = new Peers();
  private final CertificateAuthority root =
      CertificateAuthority.root(AuthorityRequest.root("R"), CLOCK);
  private final IssuedCertificate leaf =
      root.intermediate(AuthorityRequest.intermediate("I")).issueServer("milvus", "localhost");

  BadInputTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void stop() {
    peers.close();
  }

  private static CertificateMonitor monitor() {
    return CertificateMonitor.withClock(CLOCK).within(Duration.ofMillis(500));
  }

  private static TargetStatus check(MonitorTarget target) {
    return monitor().check(List.of(target)).targets().get(0);
  }

  private static MonitorTarget listener(String host, int port) {
    return MonitorTarget.served(
        new Listener(host, port, "localhost", Optional.empty(), Optional.empty(), false));
  }

  private static MonitorTarget listener(ServerSocket socket) {
    return listener("localhost", socket.getLocalPort());
  }

  private static void assertUnreachable(TargetStatus status, String message) {
    assertThat(status.state()).isEqualTo(State.UNREACHABLE);
    assertThat(status.findings()).hasSize(1);
    assertThat(status.reason()).startsWith(message);
  }

  @Test
  void an_unknown_host() {
    assertUnreachable(
        check(listener("nowhere.invalid", 19530)), "no such host: 'nowhere.invalid:19530'");
  }

  @Test
  void a_closed_port() throws Exception {
    assertUnreachable(
        check(listener("localhost", Peers.closedPort())), "cannot connect: Connection refused");
  }

  @Test
  void a_listener_that_says_nothing() throws Exception {
    try (ServerSocket silent = peers.silent()) {
      assertUnreachable(check(listener(silent)), "no answer within the time limit: 'localhost:");
    }
  }

  @Test
  void a_listener_that_sends_one_byte_after_the_other_for_ever() throws Exception {
    try (ServerSocket drop = peers.dripping()) {
      assertUnreachable(check(listener(drop)), "no answer within the time limit: 'localhost:");
    }
  }

  @Test
  void a_listener_of_http() throws Exception {
    try (ServerSocket http = peers.http()) {
      TargetStatus status = check(listener(http));
      assertThat(status.state()).isEqualTo(State.CRITICAL);
      assertThat(status.reason()).contains("speaks plaintext: set common.security.tlsMode");
    }
  }

  @Test
  void a_listener_of_garbage() throws Exception {
    try (ServerSocket garbage = peers.saying("\1\2\3\4\5\6\7\10\11 garbage")) {
      assertUnreachable(
          check(listener(garbage)),
          "there is no TLS server, or it does not speak TLS 1.2 or 1.3: Unsupported or unrecognized"
              + " SSL message");
    }
  }

  @Test
  void a_listener_that_closes_at_once() throws Exception {
    try (ServerSocket closing = peers.closing()) {
      assertUnreachable(
          check(listener(closing)),
          "there is no TLS server, or it does not speak TLS 1.2 or 1.3: Remote host terminated the"
              + " handshake");
    }
  }

  @Test
  void a_chain_of_a_megabyte_that_is_served() throws Exception {
    List<X509Certificate> chain = new ArrayList<>(leaf.chain());
    chain.add(Peers.megabyte());
    try (SSLServerSocket socket = peers.tls(leaf, chain, root.certificate(), false)) {
      TargetStatus status = check(listener(socket));
      assertThat(status.state()).isEqualTo(State.UNREACHABLE);
      assertThat(status.reason()).contains("exceeds the maximum allowed size (32768)");
    }
  }

  @Test
  void a_chain_of_a_megabyte_in_a_file() throws Exception {
    Path file = folder.resolve("long.pem");
    Files.writeString(
        file,
        Peers.pem(leaf.certificate())
            + Peers.pem(leaf.chain().get(1))
            + Peers.pem(Peers.megabyte()));
    TargetStatus status = check(MonitorTarget.files(file));
    assertThat(status.certificates()).hasSize(3);
    assertThat(status.findings()).extracting(MonitorFinding::id).containsExactly("chain-broken");
  }

  @Test
  void a_wrong_store_password() throws Exception {
    Path store = folder.resolve("server.p12");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server",
        leaf.privateKey(),
        "right".toCharArray(),
        leaf.chain().toArray(Certificate[]::new));
    try (var out = Files.newOutputStream(store)) {
      keys.store(out, "right".toCharArray());
    }
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    Path right = Files.writeString(folder.resolve("right"), "right\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "wr0ng\n");
    MonitorTarget target = MonitorTarget.files(store);
    TargetStatus refused =
        monitor().unlocking(KeyPassword.fromFile(wrong)).check(List.of(target)).targets().get(0);
    assertUnreachable(refused, "wrong password for the key store: '" + store + "'");
    assertThat(refused.reason()).doesNotContain("wr0ng");
    assertThat(monitor().unlocking(KeyPassword.fromFile(right)).check(List.of(target)).state())
        .isEqualTo(State.OK);
  }

  @Test
  void an_empty_file_and_an_empty_list() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertUnreachable(check(MonitorTarget.files(empty)), "cannot read certificates: ");
    Path list = Files.writeString(folder.resolve("targets.yaml"), "");
    assertThatThrownBy(() -> TargetList.read(list)).hasMessageContaining("not a list of targets");
    Files.writeString(list, "targets:");
    assertThatThrownBy(() -> TargetList.read(list)).hasMessageContaining("the list has no targets");
  }

  @Test
  void a_thousand_targets_of_which_most_are_dead() throws Exception {
    leaf.writePem(folder.resolve("server.pem"), folder.resolve("server.key"));
    int port = Peers.closedPort();
    Path list =
        Files.writeString(
            folder.resolve("targets.yaml"),
            IntStream.range(0, 1000)
                .mapToObj(
                    i ->
                        i == 500
                            ? "  - path: server.pem\n"
                            : "  - endpoint: localhost:" + port + "\n")
                .collect(Collectors.joining("", "targets:\n", "")));
    MonitorReport report = monitor().check(TargetList.read(list).targets());
    assertThat(report.targets()).hasSize(1000);
    assertThat(report.targets().get(500).state()).isEqualTo(State.OK);
    assertThat(report.targets())
        .filteredOn(status -> status.state() == State.UNREACHABLE)
        .hasSize(999);
  }

  @Test
  void many_silent_listeners_wait_on_few_threads() throws Exception {
    try (ServerSocket silent = peers.silent()) {
      List<MonitorTarget> targets = Collections.nCopies(24, listener(silent));
      CompletableFuture<MonitorReport> check =
          CompletableFuture.supplyAsync(() -> monitor().check(targets));
      long most = 0;
      while (!check.isDone()) {
        most = Math.max(most, threadsOfTheMonitor());
        Thread.sleep(20);
      }
      assertThat(check.get().targets())
          .hasSize(24)
          .allMatch(status -> status.state() == State.UNREACHABLE);
      assertThat(most).isBetween(2L, 8L);
    }
  }

  private static long threadsOfTheMonitor() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("certificate-monitor"))
        .count();
  }

  @Test
  void a_chain_that_leads_to_another_root_is_untrusted_and_one_without_intermediate_incomplete()
      throws Exception {
    Path anchors = Files.writeString(folder.resolve("ca.pem"), Peers.pem(root.certificate()));
    IssuedCertificate stranger =
        CertificateAuthority.root(AuthorityRequest.root("R"), CLOCK)
            .intermediate(AuthorityRequest.intermediate("I"))
            .issueServer("milvus", "localhost");
    assertThat(ids(stranger, stranger.chain(), anchors)).containsExactly("chain-untrusted");
    assertThat(ids(leaf, leaf.chain().subList(0, 1), anchors)).containsExactly("chain-incomplete");
  }

  private List<String> ids(IssuedCertificate served, List<X509Certificate> chain, Path anchors)
      throws Exception {
    try (SSLServerSocket socket = peers.tls(served, chain, root.certificate(), false)) {
      TargetStatus status =
          check(
              MonitorTarget.served(
                  new Listener(
                      "localhost",
                      socket.getLocalPort(),
                      "localhost",
                      Optional.of(anchors),
                      Optional.empty(),
                      false)));
      assertThat(status.state()).isEqualTo(State.CRITICAL);
      assertThat(status.certificates()).hasSize(chain.size());
      return status.findings().stream().map(MonitorFinding::id).toList();
    }
  }

  @Test
  void bytes_of_garbage_are_no_certificate() throws IOException {
    Path file =
        Files.write(
            folder.resolve("garbage.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                .getBytes(StandardCharsets.US_ASCII));
    assertUnreachable(check(MonitorTarget.files(file)), "cannot read certificates: ");
  }
}
