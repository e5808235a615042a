package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherJvmTest {
  private final Path home;

  OtherJvmTest(@TempDir Path home) {
    this.home = home;
  }

  private void jvm(String release) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.createFile(java);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), release);
  }

  @Test
  void this_jvm_is_one() {
    Path here = Path.of(System.getProperty("java.home"));
    assertThat(OtherJvm.home(here)).isEqualTo(here.toString());
  }

  @Test
  void a_folder_without_java_is_none() {
    assertThatThrownBy(() -> OtherJvm.home(home))
        .hasMessage(
            "no JVM: bin/java is not there: '"
                + home
                + "'; allowed: the home of a JDK 17 or newer");
  }

  @Test
  void an_old_one_is_refused_with_its_version() throws Exception {
    jvm("JAVA_VERSION=\"11.0.2\"\n");
    assertThatThrownBy(() -> OtherJvm.home(home))
        .hasMessage("the JVM is too old for the forks: '11.0.2'; allowed: JDK 17 or newer");
  }

  @Test
  void one_that_does_not_say_its_version_is_refused() throws Exception {
    jvm("");
    assertThatThrownBy(() -> OtherJvm.home(home)).hasMessageContaining("'unknown'");
  }
}
