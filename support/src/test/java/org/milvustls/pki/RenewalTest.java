package org.milvustls.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.MilvusTlsException;

class RenewalTest {
  private static final Instant START = Instant.parse("2026-01-01T00:05:00Z");

  private final Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final CertificateDirectory certificates;

  RenewalTest(@TempDir Path folder) {
    this.folder = folder;
    certificates = CertificateDirectory.at(folder.resolve("certs"), clock);
  }

  @BeforeEach
  void made() {
    certificates.init(InitRequest.builder().client("search").build());
  }

  @Nested
  class Due {
    @ParameterizedTest
    @CsvSource({"90, 60", "45, 30", "6, 3", "1, 0.5"})
    void is_a_third_of_the_lifetime_or_half_of_a_short_one(int days, double due) {
      CertificateAuthority ca = CertificateAuthority.root(AuthorityRequest.root("R"), clock);
      X509Certificate leaf =
          ca.issue(LeafRequest.client("a").withLifetime(Duration.ofDays(days))).certificate();

      assertThat(RenewalPolicy.byLifetime().dueFrom(leaf))
          .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plusSeconds((long) (due * 86400)));
    }

    @Test
    void is_what_was_asked_for_otherwise() {
      assertThat(RenewalPolicy.before(Duration.ofDays(7)).dueFrom(leaf("server")))
          .isEqualTo(Instant.parse("2026-03-25T00:00:00Z"));
    }
  }

  @Nested
  class Renewing {
    @Test
    void leaves_alone_what_is_not_due() {
      X509Certificate before = leaf("server");

      assertThat(certificates.renew(RenewRequest.due()))
          .extracting(RenewalResult::path, RenewalResult::outcome, RenewalResult::detail)
          .containsExactly(
              tuple(
                  "servers/milvus", RenewalResult.Outcome.NOT_DUE, "due from 2026-03-02T00:00:00Z"),
              tuple(
                  "clients/search",
                  RenewalResult.Outcome.NOT_DUE,
                  "due from 2026-03-02T00:00:00Z"));
      assertThat(leaf("server")).isEqualTo(before);
      assertThat(certificates.pendingDeploys()).isEmpty();
    }

    @Test
    void gives_a_new_key_and_the_same_names_and_keeps_the_former_generation() throws Exception {
      X509Certificate before = leaf("server");
      Path former = folder.resolve("certs/servers/milvus/..data").toRealPath();
      clock.advance(Duration.ofDays(61));

      assertThat(certificates.renew(RenewRequest.due()))
          .extracting(RenewalResult::outcome)
          .containsOnly(RenewalResult.Outcome.RENEWED);

      X509Certificate after = leaf("server");
      assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
      assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
      assertThat(after.getSubjectAlternativeNames())
          .containsExactlyElementsOf(before.getSubjectAlternativeNames());
      assertThat(former).exists();
      assertThat(KeyMatch.matches(after.getPublicKey(), PemFiles.privateKey(file("server.key"))))
          .isTrue();
    }

    @Test
    void takes_the_place_of_a_file_that_was_moved_over_its_link() throws Exception {
      Path moved = folder.resolve("moved.pem");
      Files.copy(file("server.pem"), moved);
      Files.move(moved, file("server.pem"), StandardCopyOption.REPLACE_EXISTING);

      certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));

      assertThat(
              KeyMatch.matches(
                  leaf("server").getPublicKey(), PemFiles.privateKey(file("server.key"))))
          .isTrue();
    }

    @Test
    void keeps_the_key_on_request() {
      PublicKey before = leaf("server").getPublicKey();

      certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, true));

      assertThat(leaf("server").getPublicKey()).isEqualTo(before);
    }

    @Test
    void works_without_the_root_keys() throws Exception {
      Files.delete(folder.resolve("certs/ca/server/root.key"));
      Files.delete(folder.resolve("certs/ca/client/root.key"));
      clock.advance(Duration.ofDays(61));

      assertThat(certificates.renew(RenewRequest.due()))
          .extracting(RenewalResult::outcome)
          .containsOnly(RenewalResult.Outcome.RENEWED);
    }

    @Test
    void renews_intermediates_too_when_the_root_key_is_there() {
      clock.advance(Duration.ofDays(800));

      assertThat(certificates.renew(RenewRequest.due()))
          .extracting(RenewalResult::path)
          .containsExactly("ca/server", "ca/client", "servers/milvus", "clients/search");
      assertThat(PemFiles.certificates(file("server.pem")).get(1).getNotAfter())
          .isEqualTo(START.minusSeconds(300).plus(Duration.ofDays(800 + 1095)));
    }

    @Test
    void shortens_leaves_to_an_intermediate_that_cannot_be_renewed() throws Exception {
      Files.delete(folder.resolve("certs/ca/server/root.key"));
      clock.advance(Duration.ofDays(1065));

      assertThat(certificates.renew(RenewRequest.due()))
          .filteredOn(result -> result.path().contains("server"))
          .extracting(RenewalResult::path, RenewalResult::outcome, RenewalResult::detail)
          .containsExactly(
              tuple(
                  "ca/server",
                  RenewalResult.Outcome.BLOCKED,
                  "root.key is not here: bring it back for one 'certs renew', then take it away"),
              tuple(
                  "servers/milvus",
                  RenewalResult.Outcome.RENEWED,
                  "shortened to the end of its issuer"));
      assertThat(leaf("server").getNotAfter().toInstant())
          .isBeforeOrEqualTo(
              PemFiles.certificates(file("server.pem")).get(1).getNotAfter().toInstant());
    }

    @Test
    void lets_an_intermediate_wait_for_its_root_key_as_long_as_leaves_are_whole() throws Exception {
      Files.delete(folder.resolve("certs/ca/server/root.key"));
      clock.advance(Duration.ofDays(1000));

      assertThat(certificates.renew(RenewRequest.due()))
          .filteredOn(result -> result.path().contains("server"))
          .extracting(RenewalResult::path, RenewalResult::outcome, RenewalResult::detail)
          .containsExactly(
              tuple(
                  "ca/server",
                  RenewalResult.Outcome.CAN_WAIT,
                  "root.key is not here: bring it back for one 'certs renew', then take it away,"
                      + " before 2028-10-02T00:00:00Z: then leaves get shorter"),
              tuple("servers/milvus", RenewalResult.Outcome.RENEWED, ""));
    }

    @Test
    void goes_on_with_the_others_when_the_files_of_one_are_damaged() throws Exception {
      X509Certificate before = leaf("server");
      certificates.issue(LeafRequest.client("other"), LeafStorage.DEFAULT);
      PrivateFiles.deleteTree(folder.resolve("certs/clients/other"));
      Files.writeString(folder.resolve("certs/clients/other"), "as good as a full disk");
      Files.writeString(folder.resolve("certs/clients/search/client.pem"), "no certificate");
      Files.writeString(folder.resolve("certs/ca/client/intermediate.pem"), "no certificate");
      clock.advance(Duration.ofDays(61));

      List<RenewalResult> results = certificates.renew(RenewRequest.due());

      assertThat(results)
          .extracting(RenewalResult::path, RenewalResult::outcome)
          .containsExactly(
              tuple("ca/client", RenewalResult.Outcome.BLOCKED),
              tuple("servers/milvus", RenewalResult.Outcome.RENEWED),
              tuple("clients/search", RenewalResult.Outcome.BLOCKED),
              tuple("clients/other", RenewalResult.Outcome.BLOCKED));
      assertThat(results.get(2).notAfter()).isEmpty();
      assertThat(results.get(2).detail())
          .startsWith("cannot read certificates: ")
          .endsWith(
              "next: delete that file and run 'certs renew' again, which makes a new certificate");
      assertThat(leaf("server")).isNotEqualTo(before);
    }

    @Test
    void goes_on_with_the_others_when_one_cannot_be_renewed() throws Exception {
      Files.delete(folder.resolve("certs/ca/server/intermediate.key"));
      clock.advance(Duration.ofDays(61));

      List<RenewalResult> results = certificates.renew(RenewRequest.due());

      assertThat(results)
          .extracting(RenewalResult::outcome)
          .containsExactly(RenewalResult.Outcome.BLOCKED, RenewalResult.Outcome.RENEWED);
      assertThat(results.get(0).detail()).startsWith("the CA's key is missing");
    }

    @Test
    void makes_a_leaf_that_is_recorded_but_was_never_written() throws Exception {
      PrivateFiles.deleteTree(folder.resolve("certs/clients/search"));

      certificates.renew(RenewRequest.due());

      assertThat(PemFiles.certificates(folder.resolve("certs/clients/search/client.pem")))
          .hasSize(2);
    }
  }

  @Nested
  class Deploying {
    @BeforeEach
    void renewed() {
      clock.advance(Duration.ofDays(61));
      certificates.renew(RenewRequest.due());
    }

    @Test
    void is_pending_from_the_renewal_until_it_succeeded() {
      assertThat(certificates.pendingDeploys())
          .extracting(LeafEntry::path)
          .containsExactly("servers/milvus", "clients/search");

      assertThatThrownBy(
              () ->
                  certificates.deploy(
                      pending -> new DeployHook("exit 7", LIMIT).run(folder, pending)))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageStartingWith("the deploy hook failed with exit code 7: 'exit 7'");
      assertThat(certificates.pendingDeploys()).hasSize(2);

      certificates.renew(RenewRequest.due());
      assertThat(certificates.deploy(pending -> {})).hasSize(2);
      assertThat(certificates.pendingDeploys()).isEmpty();
    }

    @Test
    void runs_nothing_when_nothing_changed() {
      certificates.deploy(pending -> {});
      List<LeafEntry> ran = new ArrayList<>();

      assertThat(certificates.deploy(ran::addAll)).isEmpty();
      assertThat(ran).isEmpty();
    }

    @Test
    void tells_the_hook_what_changed() throws Exception {
      Path seen = folder.resolve("seen");
      String command = "printf '%s' \"$MILVUS_TLS_CHANGED\" > \"" + seen + "\"";

      certificates.deploy(
          pending -> new DeployHook(command, LIMIT).run(certificates.path(), pending));

      assertThat(seen)
          .hasContent(
              certificates.path().resolve("servers/milvus")
                  + "\n"
                  + certificates.path().resolve("clients/search"));
    }

    @Test
    void leaves_pending_what_changed_meanwhile() {
      certificates.deploy(
          pending -> {
            clock.advance(Duration.ofDays(61));
            certificates.renew(RenewRequest.due());
          });

      assertThat(certificates.pendingDeploys()).hasSize(2);
    }

    @Test
    void ends_a_hook_that_does_not_end() {
      DeployHook hook = new DeployHook("sleep 600", Duration.ofMillis(200));

      assertThatThrownBy(() -> hook.run(folder, List.of()))
          .hasMessageStartingWith("the deploy hook did not end within 0 s: 'sleep 600'");
    }

    private static final Duration LIMIT = Duration.ofMinutes(5);
  }

  @Nested
  class Storage {
    @Test
    void writes_pkcs12_at_each_renewal() throws Exception {
      Path password = Files.writeString(folder.resolve("password"), "secret\n");
      certificates.issue(
          LeafRequest.server("p", HostName.listOf("localhost")),
          new LeafStorage(KeyMode.OWNER, Optional.of(password)));
      certificates.renew(new RenewRequest(RenewalPolicy.byLifetime(), true, false));

      Path store = folder.resolve("certs/servers/p/server.p12");
      assertThat(Files.getPosixFilePermissions(store.toRealPath()))
          .isEqualTo(PrivateFiles.OWNER_ONLY);
      assertThat(
              CertificateInspector.withClock(clock)
                  .unlocking(KeyPassword.fromFile(password))
                  .path(store))
          .singleElement()
          .satisfies(
              inspection -> {
                assertThat(inspection.findings()).isEmpty();
                assertThat(inspection.chain().get(0).serial())
                    .isEqualTo(
                        PemFiles.certificates(folder.resolve("certs/servers/p/server.pem"))
                            .get(0)
                            .getSerialNumber());
              });
    }

    @Test
    void writes_pkcs12_that_keytool_opens() throws Exception {
      Path password = Files.writeString(folder.resolve("password"), "secret\n");
      certificates.issue(
          LeafRequest.client("p"), new LeafStorage(KeyMode.OWNER, Optional.of(password)));
      Path listing = folder.resolve("listing");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-J-Duser.language=en",
                  "-list",
                  "-v",
                  "-keystore",
                  folder.resolve("certs/clients/p/client.p12").toString(),
                  "-storepass:file",
                  password.toString())
              .redirectErrorStream(true)
              .redirectOutput(listing.toFile())
              .start();

      assertThat(keytool.waitFor(5, TimeUnit.MINUTES)).as("keytool ends in time").isTrue();
      assertThat(keytool.exitValue()).as(Files.readString(listing)).isZero();
      assertThat(listing)
          .content()
          .contains("Alias name: p", "PrivateKeyEntry", "Certificate chain length: 2");
    }
  }

  private X509Certificate leaf(String role) {
    return PemFiles.certificates(file(role + ".pem")).get(0);
  }

  private Path file(String name) {
    return folder.resolve("certs/servers/milvus").resolve(name);
  }
}
