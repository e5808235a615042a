package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.milvustls.MilvusTlsException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigRenderTest {
  private static final MilvusTlsConfig MUTUAL =
      MilvusTlsConfig.mutual("/t/server.pem", "/t/server.key", "/t/client-ca.pem")
          .withRestPort(8080);

  private static ConfigRender render(String version) {
    return new ConfigRender(
        MilvusVersion.of(version),
        MUTUAL,
        new ConfigRender.Source(
            Optional.of(Path.of("/home/u/certs/servers/milvus")), Optional.of("milvus-tls"), "/t"));
  }

  private static ConfigReport check(String version, Path file) {
    return ConfigCheck.check(
        new ConfigCheckRequest(
            MilvusVersion.of(version), List.of(file), Optional.empty(), Map.of()),
        Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.3.5", "2.4", "2.5", "2.6.16", "3.0"})
  void what_is_rendered_passes_our_own_check(String version, @TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(folder.resolve("user.yaml"), render(version).in(ConfigFormat.YAML));
    ConfigReport report = check(version, file);
    assertThat(report.effect()).startsWith("serves mutual TLS");
    assertThat(report.findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ConfigFormat.class,
      names = {"ENV", "NGINX", "ENVOY"},
      mode = EnumSource.Mode.EXCLUDE)
  void each_yaml_is_yaml(ConfigFormat format) {
    Object document =
        new Load(LoadSettings.builder().build()).loadFromString(render("2.6").in(format));
    assertThat(document).isInstanceOf(Map.class);
  }

  @Test
  void the_environment_holds_the_names_that_milvus_reads() {
    assertThat(render("2.6").in(ConfigFormat.ENV).lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "COMMON_SECURITY_TLSMODE=2",
            "TLS_SERVERPEMPATH=/t/server.pem",
            "TLS_SERVERKEYPATH=/t/server.key",
            "TLS_CAPEMPATH=/t/client-ca.pem",
            "PROXY_HTTP_ENABLED=true",
            "PROXY_HTTP_PORT=8080");
  }

  @Test
  void compose_mounts_the_servers_folder_read_only() {
    assertThat(render("2.6").in(ConfigFormat.COMPOSE))
        .contains("      COMMON_SECURITY_TLSMODE: \"2\"\n")
        .contains("      - /home/u/certs/servers/milvus:/t:ro\n");
  }

  @Test
  void kubernetes_mounts_the_secret() {
    assertThat(render("2.6").in(ConfigFormat.HELM))
        .contains("  user.yaml: |\n    proxy:\n      http:\n        enabled: true\n")
        .contains("      secretName: milvus-tls\n");
    assertThat(render("2.6").in(ConfigFormat.OPERATOR))
        .contains("kind: Milvus\n")
        .contains("  config:\n    proxy:\n")
        .contains("  components:\n    volumes:\n");
  }

  @Test
  void what_a_format_lacks_is_said() {
    ConfigRender bare =
        new ConfigRender(
            MilvusVersion.of("2.6"),
            MUTUAL,
            new ConfigRender.Source(Optional.empty(), Optional.empty(), "/t"));
    assertThatThrownBy(() -> bare.in(ConfigFormat.HELM))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("Kubernetes needs the name of a secret");
    assertThatThrownBy(() -> bare.in(ConfigFormat.COMPOSE))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("a Compose file needs a certificate folder to mount");
    assertThatThrownBy(() -> ConfigFormat.of("toml"))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("'toml'; allowed: yaml, env, compose, helm, operator, nginx, envoy");
  }

  @Nested
  class Merging {
    private static final String EXISTING =
        """
        # Größe: a comment of mine
        etcd:
          endpoints: localhost:2379 # mine too
        proxy:
          # before the port
          port: 19530
          http:
            enabled: true # Whether
        tls:
          serverPemPath: configs/cert/server.pem
          serverKeyPath: "configs/cert/server.key" # quoted
          caPemPath:
        common:
            security:
                authorizationEnabled: true
        """;

    @Test
    void replaces_values_in_their_lines_and_adds_the_others_to_their_blocks() {
      assertThat(ConfigMerge.merge(EXISTING, render("2.6").settings()))
          .isEqualTo(
              """
              # Größe: a comment of mine
              etcd:
                endpoints: localhost:2379 # mine too
              proxy:
                # before the port
                port: 19530
                http:
                  port: 8080
                  enabled: true # Whether
              tls:
                serverPemPath: /t/server.pem
                serverKeyPath: /t/server.key # quoted
                caPemPath: /t/client-ca.pem
              common:
                  security:
                      tlsMode: 2
                      authorizationEnabled: true
              """);
    }

    @Test
    void changes_nothing_the_second_time() {
      String once = ConfigMerge.merge(EXISTING, render("2.6").settings());
      assertThat(ConfigMerge.merge(once, render("2.6").settings())).isEqualTo(once);
    }

    @Test
    void finds_keys_in_any_case_as_milvus_does() {
      assertThat(
              ConfigMerge.merge(
                  "Common:\n  Security:\n    TLSMODE: 0\n", Map.of("common.security.tlsMode", "2")))
          .isEqualTo("Common:\n  Security:\n    TLSMODE: 2\n");
    }

    @Test
    void goes_through_a_link_and_leaves_it_one(@TempDir Path folder) throws Exception {
      Path file = Files.writeString(folder.resolve("real.yaml"), EXISTING);
      Path link = Files.createSymbolicLink(folder.resolve("milvus.yaml"), file);
      assertThat(ConfigMerge.into(link, render("2.6").settings())).isTrue();
      assertThat(link).isSymbolicLink();
      assertThat(Files.readString(file)).contains("tlsMode: 2");
      assertThat(folder.resolve("milvus.yaml.bak")).hasContent(EXISTING);
    }

    @Test
    void makes_blocks_that_are_not_there() {
      assertThat(ConfigMerge.merge("", render("2.6").settings()))
          .isEqualTo(
              """
              common:
                security:
                  tlsMode: 2
              tls:
                serverPemPath: /t/server.pem
                serverKeyPath: /t/server.key
                caPemPath: /t/client-ca.pem
              proxy:
                http:
                  enabled: true
                  port: 8080
              """);
    }

    @Test
    void refuses_what_it_would_have_to_rewrite() {
      assertThatThrownBy(() -> ConfigMerge.merge("tls: {caPemPath: x}\n", render("2.6").settings()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining(
              "the setting cannot be merged, since its block is written in braces");
      assertThatThrownBy(() -> ConfigMerge.merge("tls: yes\n", render("2.6").settings()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("tls is a value there and not a block");
    }

    @Test
    void of_a_file_that_cannot_be_changed_leaves_everything_as_it_was(@TempDir Path folder)
        throws Exception {
      Path broken = Files.writeString(folder.resolve("broken.yaml"), "a: [1\n");
      assertThatThrownBy(() -> ConfigMerge.into(broken, render("2.6").settings()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("line 2, column 1");
      assertThat(broken).hasContent("a: [1\n");
      assertThatThrownBy(
              () -> ConfigMerge.into(folder.resolve("none.yaml"), render("2.6").settings()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("the configuration could not be changed, no such file: '");
      assertThatThrownBy(() -> ConfigMerge.into(folder, render("2.6").settings()))
          .isInstanceOf(MilvusTlsException.class)
          .hasMessageContaining("it is a folder");
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(broken);
      }
    }

    @Test
    void keeps_the_former_text_beside_the_file(@TempDir Path folder) throws Exception {
      Path file = Files.writeString(folder.resolve("milvus.yaml"), EXISTING);
      assertThat(ConfigMerge.into(file, render("2.6").settings())).isTrue();
      assertThat(folder.resolve("milvus.yaml.bak")).hasContent(EXISTING);
      assertThat(check("2.6", file).effect()).startsWith("serves mutual TLS");
      assertThat(ConfigMerge.into(file, render("2.6").settings())).isFalse();
      try (var files = Files.list(folder)) {
        assertThat(files).hasSize(2);
      }
    }
  }
}
