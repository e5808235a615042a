package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.tls.TlsMode;

/**
 * All that depends on the version of Milvus, held against a file: what is rendered, and what is
 * said of configurations whose effect differs. A line that changes was meant to change, or is a
 * fault.
 */
class VersionsGoldenTest {
  /** What a file and an environment say. */
  private static final Map<String, List<String>> CONFIGURATIONS =
      Map.of(
          "1 shared REST port",
          List.of(
              """
              common: {security: {tlsMode: 1}}
              tls: {serverPemPath: /t/a, serverKeyPath: /t/b}
              """,
              ""),
          "2 unknown mode",
          List.of("common: {security: {tlsMode: 3}}\n", ""),
          "3 internal TLS",
          List.of(
              """
              common: {security: {tlsMode: 2, internaltlsEnabled: true}}
              tls: {serverPemPath: /t/a, serverKeyPath: /t/b, caPemPath: /t/c}
              internaltls: {serverPemPath: /t/a, serverKeyPath: /t/b, caPemPath: /t/c, sni: x}
              proxy: {http: {port: 8080}}
              """,
              ""),
          "4 prefixed names",
          List.of(
              "a: b\n",
              """
              MILVUS_CONF_COMMON_SECURITY_TLSMODE=1
              MILVUS_CONF_INTERNALTLS_SNI=x
              MILVUS_CONF_PROXY_HTTP_PORT=8080
              MILVUS_CONF_TLS_SERVERPEMPATH=/t/a
              MILVUS_CONF_TLS_SERVERKEYPATH=/t/b
              MILVUS_CONF_COMMON_SECURITY_AUTHORIZATIONENABLED=true
              MILVUS_CONF_TLS_CIPHERSUITES=x
              """),
          "5 keys that nobody reads",
          List.of(
              "proxy: {tls: {enabled: true, minVersion: x}}\nminio: {ssl: {tlsCACert: x}}\n", ""));

  private final Path folder;

  VersionsGoldenTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static ConfigRender render(String version, TlsMode mode) {
    MilvusTlsConfig config =
        mode == TlsMode.MUTUAL
            ? MilvusTlsConfig.mutual("/t/s.pem", "/t/s.key", "/t/ca.pem")
            : MilvusTlsConfig.server("/t/s.pem", "/t/s.key");
    return new ConfigRender(
        MilvusVersion.of(version),
        config.withRestPort(8080),
        new ConfigRender.Source(Optional.of(Path.of("/certs")), Optional.of("tls"), "/t"));
  }

  private static String remarks(String text) {
    return text.lines()
        .filter(line -> line.startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String check(String version, List<String> configuration) throws IOException {
    ConfigReport report =
        ConfigCheck.check(
            new ConfigCheckRequest(
                MilvusVersion.of(version),
                List.of(Files.writeString(folder.resolve("milvus.yaml"), configuration.get(0))),
                Optional.of(Files.writeString(folder.resolve("env"), configuration.get(1))),
                Map.of()),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    StringBuilder text = new StringBuilder(report.effect()).append('\n');
    report.findings().forEach(finding -> text.append(finding).append('\n'));
    text.append(report.links().get(3)).append('\n');
    return text.toString().replace(folder.toString(), "");
  }

  private String all() throws IOException {
    StringBuilder all = new StringBuilder();
    for (TlsMode mode : List.of(TlsMode.SERVER, TlsMode.MUTUAL)) {
      for (ConfigFormat format : ConfigFormat.values()) {
        if (!format.isProxy()) {
          String text = render("2.6", mode).in(format);
          all.append("== %s %s%n".formatted(mode, format));
          all.append(text.substring(remarks(text).length()));
        }
      }
    }
    for (String version : MilvusVersion.lines()) {
      MilvusVersion milvus = MilvusVersion.of(version);
      all.append("== Milvus %s%n".formatted(version));
      for (TlsMode mode : List.of(TlsMode.SERVER, TlsMode.MUTUAL)) {
        all.append(remarks(render(version, mode).in(ConfigFormat.YAML)));
      }
      Advisory.of(milvus).forEach(advisory -> all.append(advisory.line(milvus)).append('\n'));
      for (String name : CONFIGURATIONS.keySet().stream().sorted().toList()) {
        all.append("-- %s%n".formatted(name));
        all.append(check(version, Objects.requireNonNull(CONFIGURATIONS.get(name), name)));
      }
    }
    return all.toString();
  }

  @Test
  void all_that_depends_on_the_version_is_as_it_was() throws Exception {
    try (InputStream in = VersionsGoldenTest.class.getResourceAsStream("versions-golden.txt")) {
      assertThat(all().lines())
          .containsExactlyElementsOf(
              new String(
                      Objects.requireNonNull(in, "versions-golden.txt").readAllBytes(),
                      StandardCharsets.UTF_8)
                  .lines()
                  .toList());
    }
  }

  @Test
  void a_format_differs_between_versions_in_its_remarks_alone() {
    for (TlsMode mode : List.of(TlsMode.SERVER, TlsMode.MUTUAL)) {
      for (ConfigFormat format : ConfigFormat.values()) {
        if (!format.isProxy()) {
          String newest = render("2.6", mode).in(format);
          String body = newest.substring(remarks(newest).length());
          for (String version : MilvusVersion.lines()) {
            ConfigRender render = render(version, mode);
            assertThat(render.in(format)).isEqualTo(remarks(render.in(ConfigFormat.YAML)) + body);
          }
        }
      }
    }
  }
}
