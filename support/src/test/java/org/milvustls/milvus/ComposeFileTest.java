package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;
import org.milvustls.pki.CertificateDirectory;
import org.milvustls.pki.InitRequest;

/** A Compose file among the files of {@code config check}. */
class ComposeFileTest {
  /** The services and the ports of the file that Milvus publishes for its standalone server. */
  private static final String OFFICIAL =
      """
      version: '3.5'
      services:
        etcd:
          image: quay.io/coreos/etcd:v3.5.18
          environment:
            - ETCD_SNAPSHOT_COUNT=50000
        minio:
          image: minio/minio:RELEASE.2024-12-18T13-15-44Z
          ports:
            - "9001:9001"
            - "9000:9000"
        standalone:
          image: milvusdb/milvus:v2.6.5
          command: ["milvus", "run", "standalone"]
          environment:
            ETCD_ENDPOINTS: etcd:2379
            MINIO_ADDRESS: minio:9000
          volumes:
            - ${DOCKER_VOLUME_DIRECTORY:-.}/volumes/milvus:/var/lib/milvus
          ports:
            - "19530:19530"
            - "9091:9091"
      """;

  private final Path folder;

  ComposeFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ConfigReport check(String... texts) {
    List<Path> files =
        Arrays.stream(texts)
            .map(text -> write("file" + Arrays.asList(texts).indexOf(text) + ".yml", text))
            .toList();
    return ConfigCheck.check(
        new ConfigCheckRequest(MilvusVersion.of("2.6"), files, Optional.empty(), Map.of()),
        Clock.systemUTC());
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> ids(ConfigReport report) {
    return report.findings().stream().map(ConfigFinding::id).toList();
  }

  @Nested
  class Port_9091 {
    @Test
    void of_the_official_file_is_published_on_every_interface() {
      ConfigReport report = check(OFFICIAL);
      assertThat(report.effect()).isEqualTo("serves plaintext: common.security.tlsMode is not set");
      assertThat(report.findings())
          .containsExactly(
              new ConfigFinding(
                  ConfigFinding.Severity.WARNING,
                  "metrics-published",
                  folder.resolve("file0.yml") + ":22",
                  "port 9091 is published on every interface: it has no TLS and asks for no"
                      + " password in any version, and lists the collections",
                  "leave it out, or bind it to this machine: \"127.0.0.1:9091:9091\""));
      assertThat(report.notChecked())
          .contains(
              "files inside the image, such as its milvus.yaml: only what "
                  + folder.resolve("file0.yml")
                  + " gives is looked at");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "9091",
          "\"9091:9091\"",
          "9091:9091/tcp",
          "0.0.0.0:1234:9091",
          "'[::]:9091:9091'",
          "9000-9100:9000-9100",
          "192.0.2.1::9091",
          "{target: 9091, published: 1}",
          "{target: 9091, host_ip: 0.0.0.0}",
          "\"${METRICS:-9091}:9091\""
        })
    void is_published(String port) {
      assertThat(ids(check(OFFICIAL.replace("\"9091:9091\"", port))))
          .containsExactly("metrics-published");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "127.0.0.1:9091:9091",
          "'[::1]:9091:9091'",
          "127.0.0.1::9091",
          "9091:19531",
          "{target: 9091, published: 9091, host_ip: 127.0.0.1}",
          "19530"
        })
    void is_not_published(String port) {
      assertThat(ids(check(OFFICIAL.replace("\"9091:9091\"", port)))).isEmpty();
    }

    @Test
    void is_open_in_the_network_of_the_host() {
      ConfigReport report =
          check("services:\n  milvus:\n    image: milvusdb/milvus\n    network_mode: host\n");
      assertThat(report.findings().get(0).place()).endsWith("file0.yml:4");
      assertThat(report.findings().get(0).reason())
          .startsWith("port 9091 is published on every interface, by the network of the host: ");
    }
  }

  @Test
  void the_rendered_override_beside_the_official_file_is_right_but_for_9091() {
    CertificateDirectory certificates = CertificateDirectory.at(folder.resolve("certs"));
    certificates.init(InitRequest.defaults());
    Path local = certificates.path().resolve("servers/milvus");
    String override =
        new ConfigRender(
                MilvusVersion.of("2.6"),
                MilvusTlsConfig.mutual(
                        "/milvus/tls/server.pem",
                        "/milvus/tls/server.key",
                        "/milvus/tls/client-ca.pem")
                    .withRestPort(8080),
                new ConfigRender.Source(Optional.of(local), Optional.empty(), "/milvus/tls"))
            .in(ConfigFormat.COMPOSE);
    ConfigReport report = check(OFFICIAL, override);
    assertThat(report.effect())
        .startsWith("serves mutual TLS, TLS 1.3 alone: common.security.tlsMode (")
        .containsPattern("file1\\.yml:[0-9]+\\) is 2$");
    assertThat(ids(report)).containsExactly("metrics-published");
    assertThat(report.notChecked()).noneMatch(line -> line.contains("/milvus/tls"));
  }

  @Test
  void files_that_are_mounted_are_looked_at_where_they_are() {
    ConfigReport report =
        check(
            """
            services:
              milvus:
                image: milvusdb/milvus:v2.6.5
                environment:
                  - COMMON_SECURITY_TLSMODE=2
                  - TLS_SERVERPEMPATH=/tls/server.pem
                  - TLS_SERVERKEYPATH=/tls/server.key
                  - TLS_CAPEMPATH=${CA_FILE}
                  - PROXY_HTTP_ENABLED=false
                env_file: milvus.env
                volumes:
                  - ./tls:/tls:ro
                  - {type: bind, source: ./milvus.yaml, target: /milvus/configs/milvus.yaml}
                  - data:/var/lib/milvus
            """);
    assertThat(report.findings())
        .extracting(ConfigFinding::reason)
        .containsExactly(
            "tlsMode 2 needs tls.caPemPath",
            folder.resolve("tls/server.pem") + " is not there: the server dies at its start",
            folder.resolve("tls/server.key") + " is not there: the server dies at its start");
    Path compose = folder.resolve("file0.yml");
    assertThat(report.notChecked())
        .contains(
            "env_file of " + compose + ": name that file with --env-file",
            "'${CA_FILE}' in " + compose + ": its variable is of another place",
            "/milvus/configs/milvus.yaml is "
                + folder.resolve("milvus.yaml")
                + ": name it as FILE, unless you did");
  }

  @Test
  void the_environment_in_it_wins_over_files_and_wrong_names_are_told() {
    ConfigReport report =
        check(
            "common:\n  security:\n    tlsMode: 2\n",
            """
            x-milvus: &milvus
              environment:
                COMMON_SECURITY_TLSMODE: 0
                PROXY_TLS_ENABLED: "true"
            services:
              standalone:
                <<: *milvus
            """);
    assertThat(report.effect()).containsPattern("^serves plaintext: .*file1\\.yml:3\\) is 0$");
    assertThat(report.findings())
        .extracting(ConfigFinding::reason)
        .containsExactly("Milvus does not read PROXY_TLS_ENABLED and does not say so");
  }

  @Test
  void without_milvus_in_it_there_is_nothing_to_check() {
    assertThatThrownBy(() -> check("services:\n  etcd:\n    image: quay.io/coreos/etcd\n"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("no service of this Compose file is Milvus")
        .hasMessageContaining("file0.yml with etcd")
        .hasMessageContaining("its image is called milvus, or the service standalone or proxy");
  }
}
