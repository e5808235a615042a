package org.milvustls.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts {@code milvus-tls} and {@code run-benchmarks.sh}, as a shell starts them. */
class LauncherStory {
  private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();
  private static final int LIMIT_MINUTES = 5;

  private final Path folder;
  private final Path home;

  /** The scripts alone, in a folder whose name has letters beyond ASCII and a blank. */
  LauncherStory(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.home = folder.resolve("Zürich 東京");
    Files.createDirectories(home.resolve("bin"));
    for (String script : List.of("milvus-tls", "run-benchmarks.sh", "bin/launch.sh")) {
      Files.copy(CLONE.resolve(script), home.resolve(script));
    }
  }

  private Path program(String name, String script) throws IOException {
    Path file = Files.createDirectories(folder.resolve("programs")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Ended(int exit, String out, String err) {}

  private Ended run(Map<String, String> environment, String script, String... arguments)
      throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(home.resolve(script).toString()), Stream.of(arguments))
                .toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().remove("JAVA_HOME");
    builder.environment().merge("PATH", folder + "/programs:", (path, first) -> first + path);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
          .as("%s ends within %s minutes", script, LIMIT_MINUTES)
          .isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), read(out), read(err));
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "milvus-tls, LC_ALL, POSIX",
    "milvus-tls, LANG, xx_XX.UTF-8",
    "milvus-tls, LC_MESSAGES, xx_XX.UTF-8",
    "run-benchmarks.sh, LC_ALL, POSIX"
  })
  void run_below_any_folder_in_any_locale(String script, String variable, String locale)
      throws Exception {
    program("mvn", "echo 'is not built: run mvn package' >&2; exit 1");
    List<String> built = List.of("operations/target", "benchmarks/target");
    for (String jars : built) {
      Files.createDirectory(home.resolve(jars).getParent());
      Files.createSymbolicLink(home.resolve(jars), CLONE.resolve(jars));
    }

    Ended ended =
        run(
            Map.of("JAVA_HOME", System.getProperty("java.home"), variable, locale),
            script,
            "--version");
    for (String jars : built) {
      Files.delete(home.resolve(jars));
    }

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("0.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"milvus-tls", "run-benchmarks.sh"})
  void a_build_shows_that_it_goes_on_and_why_it_failed(String script) throws Exception {
    program("java", "echo '    java.specification.version = 17' >&2");
    program(
        "mvn",
        """
        for i in $(seq 250); do echo "[INFO] Downloaded from somewhere: file $i"; done
        echo "[INFO] Building milvus-tls support 0.1.0-SNAPSHOT  [2/3]"
        echo "[WARNING] not shown"
        echo "[ERROR] the disk is full"
        exit 1
        """);

    Ended ended = run(Map.of(), script, "--help");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().replaceAll("(?m)^" + script, "NAME"))
        .isEqualTo(
            """
            NAME: building (on a new machine Maven loads 270 MB first, which takes 1 to 9 minutes)
              100 files loaded
              200 files loaded
              Building milvus-tls support 0.1.0-SNAPSHOT  [2/3]
            [ERROR] the disk is full
            NAME: the build failed; its messages are above
            """);
  }

  @Nested
  class Of_java {
    /** A Java of some release, whose programs print their options. */
    private void java(int release) throws IOException {
      java(release, "/home/somebody");
    }

    private void java(int release, String userHome) throws IOException {
      program(
          "java",
          """
          case "$*" in
            *-XshowSettings*)
              echo '    java.specification.version = %s' >&2
              echo '    user.home = %s' >&2 ;;
            *) printf '%%s\\n' "$@" ;;
          esac
          """
              .formatted(release == 8 ? "1.8" : release, userHome));
      Path jar = home.resolve("operations/target/milvus-tls.jar");
      Files.createDirectories(jar.getParent());
      Files.createFile(jar);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 21})
    void they_ask_for_native_access(int release) throws Exception {
      java(release);
      assertThat(run(Map.of(), "milvus-tls", "a b").out())
          .isEqualTo(
              "--enable-native-access=ALL-UNNAMED\n-Dmilvustls.command="
                  + home
                  + "/milvus-tls\n-jar\n"
                  + home
                  + "/operations/target/milvus-tls.jar\na b\n");
    }

    @Test
    void they_ask_newer_ones_for_unsafe_too() throws Exception {
      java(25);
      assertThat(run(Map.of(), "milvus-tls").out())
          .contains("--sun-misc-unsafe-memory-access=allow\n");
    }

    @Test
    void they_say_where_the_home_of_a_user_is_that_the_system_does_not_list() throws Exception {
      java(17, "?");
      assertThat(run(Map.of("HOME", "/tmp/a b"), "milvus-tls").out())
          .contains("\n-Duser.home=/tmp/a b\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 11})
    void they_refuse_older_ones(int release) throws Exception {
      java(release);
      Ended ended = run(Map.of(), "milvus-tls");
      assertThat(ended.exit()).isEqualTo(3);
      assertThat(ended.err())
          .isEqualTo(
              "milvus-tls: Java %s found at 'java'; JDK 17 or newer is needed: set JAVA_HOME\n"
                  .formatted(release));
    }
  }
}
