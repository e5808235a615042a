package org.milvustls.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.milvustls.MilvusTlsException;

class DataFolderTest {
  @Test
  void is_deleted_when_it_was_not_asked_for() {
    DataFolder folder = DataFolder.take(Optional.empty());
    assertThat(folder.path()).isDirectory();
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void stays_when_it_was_asked_for(@TempDir Path named) {
    DataFolder.take(Optional.of(named)).close();
    assertThat(named).isDirectory();
  }

  @Test
  void belongs_to_one_server_at_a_time(@TempDir Path named) throws Exception {
    DataFolder first = DataFolder.take(Optional.of(named));
    first.writePid(4711);
    assertThatThrownBy(() -> DataFolder.take(Optional.of(named)))
        .isInstanceOf(MilvusTlsException.class)
        .hasMessage(
            "a Milvus server runs on this data folder already; its pid is 4711: '%s'\n"
                    .formatted(named)
                + "  next: stop that server, or name another data folder");
    first.close();
    DataFolder.take(Optional.of(named)).close();
  }

  @Test
  void a_pid_that_another_program_has_now_does_not_keep_it(@TempDir Path named) throws Exception {
    Files.writeString(named.resolve("server.pid"), ProcessHandle.current().pid() + "\n");
    DataFolder folder = DataFolder.take(Optional.of(named));
    assertThat(folder.path()).isEqualTo(named);
    folder.close();
  }

  @Test
  void what_a_killed_process_left_is_deleted_but_not_what_is_in_use(@TempDir Path parent)
      throws Exception {
    Path left = folder(parent, "milvus-tls-data-left", Duration.ofHours(1));
    Path fresh = folder(parent, "milvus-tls-data-fresh", Duration.ZERO);
    Path used = folder(parent, "milvus-tls-data-used", Duration.ofHours(1));
    Path others = folder(parent, "something-else", Duration.ofHours(1));
    FolderLock lock = FolderLock.tryTake(used.resolve("in-use.lock")).orElseThrow();
    DataFolder.deleteLeftovers(parent);
    lock.close();
    assertThat(left).doesNotExist();
    assertThat(fresh).isDirectory();
    assertThat(used).isDirectory();
    assertThat(others).isDirectory();
  }

  private static Path folder(Path parent, String name, Duration age) throws Exception {
    Path lock = Files.createDirectory(parent.resolve(name)).resolve("in-use.lock");
    Files.createFile(lock);
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(age)));
    return parent.resolve(name);
  }
}
