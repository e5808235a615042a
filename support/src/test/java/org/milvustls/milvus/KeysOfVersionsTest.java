package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is rendered, held against the keys that each release line reads. Most of them cannot be
 * booted here; the lists name their source.
 */
class KeysOfVersionsTest {
  static List<String> lines() {
    return MilvusVersion.lines();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void every_key_that_is_rendered_is_read_by_that_version(String line) {
    ConfigRender render =
        new ConfigRender(
            MilvusVersion.of(line),
            MilvusTlsConfig.mutual("/t/s.pem", "/t/s.key", "/t/ca.pem").withRestPort(8080),
            new ConfigRender.Source(Optional.empty(), Optional.empty(), "/t"));
    assertThat(MilvusVersion.of(line).release().keys())
        .containsAll(render.settings().keySet())
        .contains(TlsKeys.AUTHORIZATION)
        .isSorted();
    if (!line.equals("2.3")) {
      assertThat(render.in(ConfigFormat.YAML)).contains("its keys are held against those that");
    }
  }
}
