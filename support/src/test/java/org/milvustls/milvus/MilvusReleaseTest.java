package org.milvustls.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MilvusReleaseTest {
  private static @Nullable InputStream file(String name) {
    return MilvusRelease.class.getResourceAsStream("versions/" + name);
  }

  private static String text(String name) throws IOException {
    try (InputStream file = file(name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, MilvusRelease> with(String name, String text) {
    return MilvusRelease.read(
        asked ->
            asked.equals(name)
                ? new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))
                : file(asked));
  }

  @Test
  void a_file_more_is_a_release_line_more() throws Exception {
    String next = text("3.0.json").replace("\"keys\": [", "\"keys\": [\"tls.minVersion\",");
    Map<String, MilvusRelease> releases = with("3.1.json", next);
    assertThat(releases).containsOnlyKeys("2.3", "2.4", "2.5", "2.6", "3.0", "3.1");
    assertThat(Objects.requireNonNull(releases.get("3.1")).reads("TLS_MINVERSION")).isTrue();
    assertThat(MilvusRelease.inWords(releases.keySet())).isEqualTo("2.3 to 2.6 and 3.0 to 3.1");
  }

  @Test
  void every_file_of_the_folder_is_read() throws Exception {
    Path folder =
        Path.of(
                Objects.requireNonNull(MilvusRelease.class.getResource("versions/2.3.json"))
                    .toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              MilvusVersion.lines().stream().map(line -> line + ".json").toList());
    }
  }

  @Test
  void a_file_with_a_field_too_few_or_too_many_is_refused() throws Exception {
    String whole = text("3.0.json");
    assertThatThrownBy(() -> with("3.1.json", whole.replace("\"remark\"", "\"remarks\"")))
        .hasMessage("the file of Milvus 3.1 is wrong")
        .cause()
        .hasMessageContaining("remark");
    assertThatThrownBy(() -> with("3.1.json", whole.replace("\"refusesUnknownMode\": true,", "")))
        .hasMessage("the file of Milvus 3.1 is wrong")
        .cause()
        .hasMessageContaining("refusesUnknownMode");
  }

  @Test
  void an_advisory_says_the_same_of_each_line_that_it_concerns() {
    Map<String, Set<String>> texts = new HashMap<>();
    MilvusRelease.all()
        .values()
        .forEach(
            release ->
                release
                    .advisories()
                    .forEach(
                        advisory ->
                            texts
                                .computeIfAbsent(advisory.cve(), any -> new HashSet<>())
                                .add(advisory.ghsa() + " " + advisory.what())));
    assertThat(texts.values()).isNotEmpty().allSatisfy(said -> assertThat(said).hasSize(1));
  }
}
