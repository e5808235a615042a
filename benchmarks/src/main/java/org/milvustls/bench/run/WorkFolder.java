package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/**
 * The folder outside of the results where a run keeps what nobody needs afterwards: keys, server
 * data.
 */
final class WorkFolder {
  private WorkFolder() {}

  /** A new folder that only this user can enter. */
  static Path create() {
    try {
      return Files.createTempDirectory("milvus-tls-bench-");
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot make a folder for temporary files")
          .seen(e)
          .next("free some space, or name another place with -Djava.io.tmpdir in JAVA_TOOL_OPTIONS")
          .cause(e)
          .build();
    }
  }

  /** Deletes it with all that is in it, as far as that goes. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(WorkFolder::deleteOne);
    } catch (IOException e) {
      // It lies in the folder for temporary files, and the run is over.
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // See delete.
    }
  }
}
