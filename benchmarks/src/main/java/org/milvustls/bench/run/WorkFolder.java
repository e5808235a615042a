package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/** The temporary folder of a run, outside the results: keys and server data. */
final class WorkFolder {
  private static final String PREFIX = "milvus-tls-bench-";

  private WorkFolder() {}

  /** Creates a folder that only this user can enter. */
  static Path create(Path parent) {
    try {
      return Files.createTempDirectory(parent, PREFIX);
    } catch (IOException e) {
      throw MilvusTlsException.failure("cannot make a folder for temporary files")
          .seen(e)
          .next("free some space, or name another place with -Djava.io.tmpdir in JAVA_TOOL_OPTIONS")
          .cause(e)
          .build();
    }
  }

  /**
   * Deletes the folders of killed runs of this user. Only for the run that has the {@link
   * MachineLock}.
   *
   * @param own folder of this run, which stays
   */
  static void deleteLeftovers(Path own) {
    Path parent = own.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!folder.equals(own.toAbsolutePath())
            && Files.isDirectory(folder)
            && Files.getOwner(folder).equals(Files.getOwner(own))) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      // They stay in the folder for temporary files; the next run tries again.
    }
  }

  /** Deletes a folder with its content, as far as possible. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(WorkFolder::deleteOne);
    } catch (IOException e) {
      // It stays in the folder for temporary files, and the run is over.
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
