package org.milvustls.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.pki.AuthorityRequest;
import org.milvustls.pki.CertificateAuthority;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.IssuedCertificate;
import org.milvustls.pki.PemFiles;

class CertificateMonitorTest {
  private final Instant now = Instant.now();
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Peers peers = new Peers();
  private final Path folder;
  private final CertificateAuthority root =
      CertificateAuthority.root(AuthorityRequest.root("R"), Clock.systemUTC());
  private final CertificateAuthority ca = root.intermediate(AuthorityRequest.intermediate("I"));
  private final IssuedCertificate leaf = ca.issueServer("milvus", "localhost");

  CertificateMonitorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void write() throws Exception {
    leaf.writePem(folder.resolve("server.pem"), folder.resolve("server.key"));
    Files.writeString(folder.resolve("ca.pem"), Peers.pem(root.certificate()));
  }

  @AfterEach
  void stop() {
    peers.close();
  }

  private static CertificateMonitor at(Instant now) {
    return CertificateMonitor.withClock(Clock.fixed(now, ZoneOffset.UTC)).within(LIMIT);
  }

  private static TargetStatus check(MonitorTarget target, Instant now) {
    return at(now).check(List.of(target)).targets().get(0);
  }

  private Listener listener(ServerSocket socket, boolean mutual) {
    return new Listener(
        "localhost",
        socket.getLocalPort(),
        "localhost",
        Optional.of(folder.resolve("ca.pem")),
        Optional.empty(),
        mutual);
  }

  private SSLServerSocket serving(List<X509Certificate> chain, boolean mutual) throws Exception {
    return peers.tls(leaf, chain, ca.chain().get(0), mutual);
  }

  private static List<String> ids(TargetStatus status) {
    return status.findings().stream().map(MonitorFinding::id).toList();
  }

  @Nested
  class Of_a_file {
    private MonitorTarget file() {
      return MonitorTarget.files(folder.resolve("server.pem"));
    }

    private Instant before(Duration end) {
      return leaf.certificate().getNotAfter().toInstant().minus(end);
    }

    @Test
    void the_state_follows_the_clock() {
      assertThat(check(file(), now).state()).isEqualTo(State.OK);
      assertThat(check(file(), before(Duration.ofDays(17))).state()).isEqualTo(State.WARNING);
      assertThat(check(file(), before(Duration.ofDays(8))).state()).isEqualTo(State.CRITICAL);
      assertThat(check(file(), before(Duration.ofMinutes(-59))).state()).isEqualTo(State.EXPIRED);
      assertThat(check(file(), now.minus(Duration.ofDays(2))).state())
          .isEqualTo(State.NOT_YET_VALID);
    }

    @Test
    void a_key_that_others_can_read_warns() throws Exception {
      Files.setPosixFilePermissions(
          folder.resolve("server.key"), PosixFilePermissions.fromString("rw-r--r--"));

      TargetStatus status = check(file(), now);

      assertThat(ids(status)).containsExactly("key-readable-by-others");
      assertThat(status.state()).isEqualTo(State.WARNING);
    }

    @Test
    void the_key_of_another_certificate_is_critical() throws Exception {
      ca.issueServer("other", "localhost")
          .writePem(folder.resolve("other.pem"), folder.resolve("other.key"));
      Files.move(
          folder.resolve("other.key"),
          folder.resolve("server.key"),
          StandardCopyOption.REPLACE_EXISTING);

      TargetStatus status = check(file(), now);

      assertThat(ids(status)).containsExactly("key-mismatch");
      assertThat(status.state()).isEqualTo(State.CRITICAL);
    }

    @Test
    void one_that_is_not_there_hides_no_other() {
      MonitorReport report =
          at(now).check(List.of(MonitorTarget.files(folder.resolve("missing.pem")), file()));

      assertThat(report.targets())
          .extracting(TargetStatus::state)
          .containsExactly(State.UNREACHABLE, State.OK);
      assertThat(report.state()).isEqualTo(State.UNREACHABLE);
    }

    @Test
    void a_thousand_are_checked_in_their_order() {
      List<MonitorTarget> many = IntStream.range(0, 1000).mapToObj(i -> file()).toList();

      assertThat(at(now).check(many).targets())
          .hasSize(1000)
          .allMatch(status -> status.state() == State.OK);
    }

    @Test
    void metrics_are_written_whole_with_the_time_of_the_check() throws Exception {
      Path metrics = folder.resolve("milvus.prom");

      MonitorMetrics.write(at(now).check(List.of(file())), metrics);

      assertThat(Files.readString(metrics))
          .contains("milvus_tls_last_check_timestamp_seconds ")
          .contains("x509_cert_not_after{")
          .contains("subject_CN=\"milvus\"")
          .contains("milvus_tls_target_state{target=\"" + file().name() + "\"} 0.0");
      assertThat(folder.resolve("milvus.prom.part")).doesNotExist();
    }
  }

  @Nested
  class Of_a_listener {
    @Test
    void all_is_well_when_the_path_leads_to_the_anchor() throws Exception {
      try (SSLServerSocket socket = serving(leaf.chain(), false)) {
        TargetStatus status = check(MonitorTarget.served(listener(socket, false)), now);

        assertThat(status.findings()).isEmpty();
        assertThat(status.state()).isEqualTo(State.OK);
        assertThat(status.certificates()).hasSize(2);
      }
    }

    @Test
    void an_expired_one_is_reported_in_full() throws Exception {
      try (SSLServerSocket socket = serving(leaf.chain(), false)) {
        Instant late = leaf.certificate().getNotAfter().toInstant().plusSeconds(60);

        TargetStatus status = check(MonitorTarget.served(listener(socket, false)), late);

        assertThat(status.state()).isEqualTo(State.EXPIRED);
        assertThat(status.certificates().get(0).left()).isEqualTo(Duration.ofMinutes(-1));
      }
    }

    @Test
    void another_name_and_another_anchor_are_critical() throws Exception {
      IssuedCertificate strange =
          CertificateAuthority.root(AuthorityRequest.root("S"), Clock.systemUTC())
              .issueServer("strange", "elsewhere.example");
      try (SSLServerSocket socket = peers.tls(strange, strange.chain(), ca.chain().get(0), false)) {
        TargetStatus status = check(MonitorTarget.served(listener(socket, false)), now);

        assertThat(ids(status)).contains("name-mismatch", "chain-incomplete");
        assertThat(status.state()).isEqualTo(State.CRITICAL);
      }
    }

    @Test
    void an_expired_certificate_that_is_on_no_path_only_warns() throws Exception {
      CertificateAuthority past =
          CertificateAuthority.root(
              AuthorityRequest.root("past"),
              Clock.fixed(now.minus(4015, java.time.temporal.ChronoUnit.DAYS), ZoneOffset.UTC));
      List<X509Certificate> chain = new ArrayList<>(leaf.chain());
      chain.add(past.chain().get(0));
      try (SSLServerSocket socket = serving(chain, false)) {
        TargetStatus status = check(MonitorTarget.served(listener(socket, false)), now);

        assertThat(ids(status)).containsExactly("superfluous-expired");
        assertThat(status.state()).isEqualTo(State.WARNING);
      }
    }

    @Test
    void a_mutual_one_is_judged_without_a_client_key() throws Exception {
      try (SSLServerSocket socket = serving(leaf.chain(), true)) {
        TargetStatus status = check(MonitorTarget.served(listener(socket, true)), now);

        assertThat(status.findings()).isEmpty();
        assertThat(status.state()).isEqualTo(State.OK);
      }
    }

    @Test
    void one_that_should_be_mutual_and_is_not_is_critical() throws Exception {
      try (SSLServerSocket socket = serving(leaf.chain(), false)) {
        TargetStatus status = check(MonitorTarget.served(listener(socket, true)), now);

        assertThat(ids(status)).containsExactly("mutual-not-enforced");
        assertThat(status.state()).isEqualTo(State.CRITICAL);
      }
    }

    @Test
    void plaintext_is_critical_and_silence_is_unreachable() throws IOException {
      try (ServerSocket http = peers.http();
          ServerSocket silent = peers.silent()) {
        MonitorReport report =
            at(now)
                .within(Duration.ofMillis(300))
                .check(
                    List.of(
                        MonitorTarget.served(listener(http, false)),
                        MonitorTarget.served(listener(silent, false))));

        assertThat(ids(report.targets().get(0))).containsExactly("plaintext");
        assertThat(report.targets().get(0).state()).isEqualTo(State.CRITICAL);
        assertThat(report.targets().get(1).state()).isEqualTo(State.UNREACHABLE);
        assertThat(report.targets().get(1).findings().get(0).detail())
            .startsWith("no answer within the time limit");
      }
    }

    @Test
    void a_renewed_leaf_that_is_not_served_warns_with_both_serials() throws Exception {
      CertificateDirectory directory = CertificateDirectory.at(folder.resolve("certs"));
      directory.init(InitRequest.builder().build());
      X509Certificate expected =
          PemFiles.certificates(directory.serverFiles("milvus").certificate()).get(0);
      try (SSLServerSocket socket = serving(leaf.chain(), false)) {
        TargetStatus status =
            check(MonitorTarget.deployed(directory.path(), "milvus", listener(socket, false)), now);

        MonitorFinding found =
            status.findings().stream()
                .filter(finding -> finding.id().equals("renewed-not-served"))
                .findFirst()
                .orElseThrow();
        assertThat(found.state()).isEqualTo(State.WARNING);
        assertThat(found.detail())
            .contains("serial " + expected.getSerialNumber().toString(16) + " is in ")
            .contains("serial " + leaf.certificate().getSerialNumber().toString(16) + " is served")
            .contains("restart Milvus");
      }
    }
  }
}
