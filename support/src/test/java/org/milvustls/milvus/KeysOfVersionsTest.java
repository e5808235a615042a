package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is rendered for versions that cannot be booted here, held against the keys that they read.
 * The lists name their source.
 */
class KeysOfVersionsTest {
  private static List<String> keys(String version) throws IOException {
    String name = "keys-" + version + ".txt";
    try (InputStream in = KeysOfVersionsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
  void every_key_that_is_rendered_is_read_by_that_version(String version) throws Exception {
    ConfigRender render =
        new ConfigRender(
            MilvusVersion.of(version),
            MilvusTlsConfig.mutual("/t/s.pem", "/t/s.key", "/t/ca.pem").withRestPort(8080),
            new ConfigRender.Source(Optional.empty(), Optional.empty(), "/t"));
    assertThat(keys(version))
        .containsAll(render.settings().keySet())
        .contains(TlsKeys.AUTHORIZATION);
    assertThat(keys(version).contains(TlsKeys.INTERNAL))
        .as("internal TLS, of which the remarks and config check speak")
        .isEqualTo(MilvusVersion.of(version).isAtLeast(2, 5));
    assertThat(render.in(ConfigFormat.YAML)).contains("its keys are held against those that");
  }
}
