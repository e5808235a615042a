package org.milvustls.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;

class MachineLockTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("new").resolve("machine.lock");
  }

  private static void assumePosix() {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews())
        .as("permissions and symbolic links are of POSIX")
        .contains("posix");
  }

  @Test
  void a_lock_that_is_held_names_its_holder_and_one_that_was_closed_is_free() {
    MachineLock held = MachineLock.take(file);
    assertThatThrownBy(() -> MachineLock.take(file))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("another run measures on this machine")
        .hasMessageContaining(
            "process " + ProcessHandle.current().pid() + " of " + System.getProperty("user.name"))
        .hasMessageContaining("next: wait until it has ended, or stop it");
    held.close();

    MachineLock.take(file).close();
    assertThat(file).exists();
  }

  @Test
  void every_user_may_take_it() throws IOException {
    assumePosix();
    MachineLock.take(file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void a_symbolic_link_is_not_followed() throws IOException {
    assumePosix();
    Path precious = Files.writeString(folder.resolve("precious"), "kept");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, precious);

    assertThatThrownBy(() -> MachineLock.take(file))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessageContaining("cannot take the lock " + file)
        .hasMessageContaining("next: delete it, when no run measures");
    assertThat(precious).hasContent("kept");
  }
}
