package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;
import org.milvustls.pki.PemFiles;
import org.milvustls.tls.Identity;
import org.milvustls.tls.TestPki;

class ConfigCheckTest {
  private static final String FILES =
      """
      tls:
        serverPemPath: /milvus/tls/server.pem
        serverKeyPath: /milvus/tls/server.key
        caPemPath: /milvus/tls/client-ca.pem
      proxy:
        http:
          port: 8080
      common:
        security:
          authorizationEnabled: true
          tlsMode: %s
      """;

  private static ConfigReport check(String version, String yaml, String... environment) {
    return check(version, yaml, Map.of(), Clock.systemUTC(), environment);
  }

  private static ConfigReport check(
      String version, String yaml, Map<String, Path> mapped, Clock clock, String... environment) {
    try {
      Path folder = Files.createTempDirectory("config-check-");
      Path file = Files.writeString(folder.resolve("milvus.yaml"), yaml);
      Path env = Files.writeString(folder.resolve("milvus.env"), String.join("\n", environment));
      try {
        return ConfigCheck.check(
            new ConfigCheckRequest(
                MilvusVersion.of(version), List.of(file), Optional.of(env), mapped),
            clock);
      } finally {
        Files.delete(file);
        Files.delete(env);
        Files.delete(folder);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> ids(ConfigReport report) {
    return report.findings().stream().map(ConfigFinding::id).toList();
  }

  @Nested
  class The_recipe_that_people_copy {
    private static final String RECIPE =
        """
        proxy:
          port: 19530
          tls:
            enabled: true
            minVersion: "1.3"
            cipherSuites: TLS_AES_256_GCM_SHA384
            certPath: /certs/server.pem
            keyPath: /certs/server.key
            caPath: /certs/ca.pem
        """;

    @Test
    void serves_plaintext_and_each_key_is_named_with_the_right_one() {
      ConfigReport report = check("2.6", RECIPE);
      assertThat(report.effect()).isEqualTo("serves plaintext: common.security.tlsMode is not set");
      assertThat(report.findings())
          .extracting(finding -> finding.place().replaceFirst(".*:", "") + " " + finding.remedy())
          .containsExactly(
              "4 use common.security.tlsMode (1: server, 2: mutual)",
              "5 " + NO_SUCH_SETTING,
              "6 " + NO_SUCH_SETTING,
              "7 use tls.serverPemPath",
              "8 use tls.serverKeyPath",
              "9 use tls.caPemPath");
      assertThat(report.findings())
          .allSatisfy(finding -> assertThat(finding.id()).isEqualTo("unknown-key"));
    }

    private static final String NO_SUCH_SETTING =
        "no version of Milvus sets protocol versions or cipher suites of its listener; tlsMode 2"
            + " gives TLS 1.3 alone, a client can ask for a minimum, and a proxy in front can"
            + " enforce one";
  }

  @Nested
  class The_mode {
    @Test
    void that_is_right_has_no_findings() {
      ConfigReport report = check("2.6", FILES.formatted("2"));
      assertThat(report.effect())
          .startsWith("serves mutual TLS, TLS 1.3 alone: common.security.tlsMode (")
          .endsWith("milvus.yaml:11) is 2");
      assertThat(report.findings()).isEmpty();
      assertThat(report.notChecked())
          .contains(
              "/milvus/tls/server.pem (tls.serverPemPath): say where it is on this machine with"
                  + " --map SERVER=LOCAL");
    }

    @Test
    void of_the_environment_wins() {
      ConfigReport report = check("2.6", FILES.formatted("0"), "COMMON_SECURITY_TLSMODE=1");
      assertThat(report.effect())
          .startsWith("serves TLS, clients show no certificate: common.security.tlsMode (")
          .endsWith("milvus.env:1) is 1");
    }

    @Test
    void with_the_new_prefix_is_read_by_new_versions_only() {
      String variable = "MILVUS_CONF_COMMON_SECURITY_TLSMODE=1";
      assertThat(check("2.6", FILES.formatted("0"), variable).effect()).startsWith("serves TLS");
      ConfigReport old = check("2.3.5", FILES.formatted("0"), variable);
      assertThat(old.effect()).startsWith("serves plaintext");
      assertThat(ids(old)).containsExactly("unread-prefix", "password-in-plaintext");
    }

    @Test
    void three_is_plaintext_or_no_start() {
      assertThat(check("2.3", FILES.formatted("3")).effect()).startsWith("serves plaintext: ");
      assertThat(check("2.6", FILES.formatted("3")).effect()).startsWith("does not start: ");
      assertThat(check("2.6", FILES.formatted("3"), "PROXY_HTTP_ENABLED=false").effect())
          .startsWith("serves plaintext: ");
      assertThat(ids(check("2.6", FILES.formatted("3")))).containsExactly("unknown-mode");
    }

    @Test
    void of_a_line_of_the_environment_has_that_line_as_its_place() {
      assertThat(
              check("2.6", FILES.formatted("1"), "# mode", "", "COMMON_SECURITY_TLSMODE=9")
                  .findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.place()).endsWith("milvus.env:3"));
    }

    @ParameterizedTest
    @CsvSource({
      "0, false, ",
      "0, true, password-in-plaintext",
      "1, false, no-authorization",
      "1, true, ",
      "2, false, ",
      "2, true, ",
      "9, false, unknown-mode"
    })
    void decides_what_users_are_needed_for(String mode, String users, @Nullable String expected) {
      ConfigReport report =
          check("2.6", FILES.formatted(mode).replace("Enabled: true", "Enabled: " + users));
      assertThat(ids(report)).isEqualTo(expected == null ? List.of() : List.of(expected));
      assertThat(
              report
                  .links()
                  .get(0)
                  .remark()
                  .endsWith("; without users each client may do everything"))
          .isEqualTo(users.equals("false"));
    }

    @Test
    void without_files_does_not_start() {
      ConfigReport report =
          check(
              "2.6", "common:\n  security:\n    tlsMode: 1\nproxy:\n  http:\n    enabled: false\n");
      assertThat(report.effect())
          .isEqualTo("does not start: tls.serverPemPath, tls.serverKeyPath not set");
      assertThat(ids(report))
          .containsExactly("missing-file-setting", "missing-file-setting", "no-authorization");
    }

    @Test
    void that_is_no_number_is_plaintext() {
      ConfigReport report = check("2.6", FILES.formatted("mutual"));
      assertThat(report.effect()).startsWith("serves plaintext: ").endsWith(" is no number");
      assertThat(ids(report)).containsExactly("mode-not-a-number");
    }

    @Test
    void that_is_not_there_leaves_the_files_unused() {
      ConfigReport report = check("2.6", "tls:\n  serverPemPath: /t/server.pem\n");
      assertThat(report.effect()).startsWith("serves plaintext: ");
      assertThat(ids(report)).containsExactly("files-without-mode");
    }

    @Test
    void two_says_what_happens_to_clients_without_a_certificate() {
      assertThat(check("2.6", FILES.formatted("2")).links().get(0).remark())
          .isEqualTo("tlsMode 2: a client without a certificate from a CA of caPemPath is refused");
    }

    @Test
    void of_any_case_and_nesting_is_the_same_setting() {
      assertThat(check("2.6", FILES.formatted("0") + "Common.Security.TLSMODE: 2\n").effect())
          .startsWith("serves mutual TLS");
    }
  }

  @Test
  void rest_on_the_port_of_grpc_stops_new_versions_and_is_dropped_by_old_ones() {
    String shared = FILES.formatted("2").replace("port: 8080", "enabled: true");
    assertThat(check("2.6", shared).effect())
        .isEqualTo("does not start: REST and gRPC share a port, which Milvus refuses with TLS");
    assertThat(ids(check("2.6", shared))).containsExactly("rest-port-clash");
    ConfigReport old = check("2.3", shared);
    assertThat(old.effect()).startsWith("serves mutual TLS");
    assertThat(old.findings().get(0).reason())
        .isEqualTo("REST shares the port of gRPC; Milvus 2.3 silently drops it with TLS");
  }

  @Test
  void a_block_that_stands_twice_is_named_with_its_line() {
    ConfigReport report = check("2.6", FILES.formatted("1") + "proxy:\n  port: 19530\n");
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.id()).isEqualTo("duplicate-block");
              assertThat(finding.place()).endsWith("milvus.yaml:12");
            });
  }

  @Test
  void a_relative_path_may_find_the_key_pair_of_the_image() {
    assertThat(
            ids(
                check(
                    "2.6",
                    FILES
                        .formatted("1")
                        .replace("/milvus/tls/server.pem", "configs/cert/server.pem"))))
        .containsExactly("relative-path");
  }

  @Test
  void internal_tls_is_a_link_of_its_own_from_2_5_on() {
    String yaml = FILES.formatted("2") + "        internaltlsEnabled: true\n".substring(4);
    assertThat(check("2.5", yaml).links())
        .anySatisfy(
            link -> {
              assertThat(link.name()).startsWith("internal");
              assertThat(link.protection()).isEqualTo(Link.Protection.ENCRYPTED);
            });
    assertThat(ids(check("2.4", yaml))).containsExactly("unread-key");
    assertThat(check("2.5", yaml).links())
        .anySatisfy(
            link -> {
              assertThat(link.name()).contains("9091");
              assertThat(link.protection()).isEqualTo(Link.Protection.PLAINTEXT);
            });
  }

  @Test
  void tls_of_other_systems_is_not_taken_for_ours() {
    assertThat(
            ids(
                check(
                    "2.6",
                    FILES.formatted("2")
                        + "etcd:\n  ssl:\n    enabled: true\n    tlsMinVersion: 1.3\nminio:\n  useSSL: true\n"
                        + "queryNode:\n  accessLog:\n    enable: true\n",
                    "ETCD_SSL_ENABLED=true")))
        .isEmpty();
  }

  @Test
  void a_line_of_the_environment_that_sets_nothing_is_an_error() {
    assertThatThrownBy(() -> check("2.6", FILES.formatted("1"), "A=1", "# x", "", "TLSMODE"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("a line of the environment is no setting: '")
        .hasMessageContaining("milvus.env:4'; allowed: NAME=VALUE");
    assertThatThrownBy(() -> check("2.6", FILES.formatted("1"), "export A=1"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("milvus.env:1'")
        .hasMessageContaining("without 'export'");
  }

  @Test
  void a_file_that_cannot_be_read_says_why(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> ConfigSource.read(folder.resolve("none.yaml")))
        .hasMessageStartingWith("the configuration cannot be read, no such file: '");
    assertThatThrownBy(() -> ConfigSource.read(folder))
        .hasMessageStartingWith("the configuration cannot be read, it is a folder: '");
    Path binary = Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> ConfigSource.read(binary))
        .hasMessageStartingWith("the configuration cannot be read, it is not text in UTF-8: '");
  }

  @Test
  void what_is_no_yaml_of_milvus_is_an_error() {
    assertThatThrownBy(() -> check("2.6", "- a\n- b\n"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("this is no configuration of Milvus in YAML");
    assertThatThrownBy(() -> check("2.6", "a: [1\n"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("next: correct line 2, column 1: ")
        .hasMessageContaining("this is no configuration of Milvus in YAML");
    assertThatThrownBy(() -> MilvusVersion.of("2.2"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("unknown version of Milvus: '2.2'; allowed: 2.3 to 2.6 and 3.0");
  }

  @Nested
  class The_files {
    @Test
    void of_a_certificate_directory_are_right(@TempDir Path folder) {
      assertThat(ids(checked(files(folder), Clock.systemUTC()))).isEmpty();
    }

    @Test
    void that_are_missing_are_named(@TempDir Path folder) {
      ConfigReport report = checked(folder, Clock.systemUTC());
      assertThat(ids(report)).containsOnly("file-missing").hasSize(3);
      assertThat(report.findings().get(0).reason())
          .isEqualTo(folder.resolve("server.pem") + " is not there: the server dies at its start");
    }

    @Test
    void that_expired_or_will_soon_are_named(@TempDir Path folder) {
      Path files = files(folder);
      assertThat(ids(checked(files, in(Duration.ofDays(80))))).containsExactly("expires-soon");
      assertThat(ids(checked(files, in(Duration.ofDays(100))))).contains("expired");
    }

    @Test
    void of_two_certificates_do_not_match(@TempDir Path folder) throws Exception {
      CertificateDirectory directory = CertificateDirectory.at(folder.resolve("certs"));
      directory.init(InitRequest.builder().client("search").build());
      Path mixed = Files.createDirectory(folder.resolve("mixed"));
      copy(directory.serverFiles("milvus").certificate(), mixed.resolve("server.pem"));
      copy(directory.clientFiles("search").key(), mixed.resolve("server.key"));
      copy(directory.clientFiles("search").certificate(), mixed.resolve("client-ca.pem"));
      assertThat(ids(checked(mixed, Clock.systemUTC())))
          .contains("key-mismatch", "leaf-as-trust-anchor");
    }

    @Test
    void that_everybody_reads_or_that_hold_a_key_too_much_are_named(@TempDir Path folder)
        throws Exception {
      Path files = files(folder);
      Files.setPosixFilePermissions(
          files.resolve("server.key"), PosixFilePermissions.fromString("rw-r--r--"));
      Files.writeString(
          files.resolve("client-ca.pem"),
          Files.readString(files.resolve("client-ca.pem"))
              + Files.readString(files.resolve("server.key")));
      assertThat(ids(checked(files, Clock.systemUTC())))
          .containsExactlyInAnyOrder("key-readable-by-others", "key-in-public-file");
    }

    @Test
    void that_are_no_certificates_are_named(@TempDir Path folder) throws Exception {
      Path files = files(folder);
      Files.writeString(files.resolve("server.pem"), "nothing\n");
      assertThat(ids(checked(files, Clock.systemUTC()))).containsExactly("file-not-readable");
    }

    @Test
    void of_a_client_or_without_names_are_of_no_use_to_a_server(@TempDir Path folder)
        throws Exception {
      Path files = files(folder);
      write(files, TestPki.named("Test").client("search"));
      assertThat(ids(checked(files, Clock.systemUTC()))).contains("wrong-usage");
      write(files, TestPki.withoutNames());
      assertThat(ids(checked(files, Clock.systemUTC()))).contains("no-names");
    }

    @Test
    void whose_key_everybody_has_are_refused(@TempDir Path folder) {
      Path files = files(folder);
      ConfigCheckRequest request =
          new ConfigCheckRequest(
              MilvusVersion.of("2.6"),
              List.of(files.resolve("milvus.yaml")),
              Optional.empty(),
              Map.of("/milvus/tls", files));
      EffectiveSettings settings =
          new EffectiveSettings(
              request.version(),
              List.of(ConfigSource.yaml("milvus.yaml", FILES.formatted("1"))),
              List.of());
      PublicKey key = PemFiles.certificates(files.resolve("server.pem")).get(0).getPublicKey();
      FileCheck check =
          new FileCheck(
              request, settings, Clock.systemUTC(), Set.of(FileCheck.sha256(key.getEncoded())));
      check.run(false);
      assertThat(check.findings())
          .extracting(finding -> finding.id() + " at " + finding.place())
          .containsExactly("shipped-key at milvus.yaml:2");
    }

    private static void write(Path files, Identity identity) throws Exception {
      Identity.Pair pair = identity.load();
      Files.writeString(files.resolve("server.pem"), pem("CERTIFICATE", pair.leaf().getEncoded()));
      Files.writeString(files.resolve("server.key"), pem("PRIVATE KEY", pair.key().getEncoded()));
    }

    private static String pem(String type, byte[] der) {
      return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
          .formatted(type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type);
    }

    @Test
    void of_the_milvus_images_are_known_by_their_public_key() {
      assertThat(FileCheck.SHIPPED_KEYS).hasSize(2).allSatisfy(key -> assertThat(key).hasSize(64));
      assertThat(FileCheck.sha256(new byte[0]))
          .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static Path files(Path folder) {
      CertificateDirectory directory = CertificateDirectory.at(folder.resolve("certs"));
      directory.init(InitRequest.defaults());
      Path files = folder.resolve("files");
      try {
        Files.createDirectory(files);
        copy(directory.serverFiles("milvus").certificate(), files.resolve("server.pem"));
        copy(directory.serverFiles("milvus").key(), files.resolve("server.key"));
        copy(directory.serverFiles("milvus").clientCa(), files.resolve("client-ca.pem"));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      return files;
    }

    private static void copy(Path from, Path to) throws java.io.IOException {
      Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static ConfigReport checked(Path files, Clock clock) {
      Map<String, Path> mapped = new HashMap<>(Map.of("/milvus/tls", files));
      return check("2.6", FILES.formatted("2"), mapped, clock);
    }

    private static Clock in(Duration time) {
      return Clock.fixed(Instant.now().plus(time), ZoneOffset.UTC);
    }
  }
}
