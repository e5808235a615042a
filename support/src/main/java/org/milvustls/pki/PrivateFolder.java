package org.milvustls.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder with mode 0700 inside a certificate directory. Its files have mode 0600 from their first
 * byte and are replaced in one step.
 */
public final class PrivateFolder {
  private final Path folder;

  PrivateFolder(Path folder) {
    this.folder = folder;
  }

  /** Where a file of this name is, or would be. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The content of a file; empty when there is none. */
  public Optional<String> text(String name) {
    Path file = file(name);
    return FileErrors.reading(
        "cannot read",
        file,
        () -> Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty());
  }

  /** Writes a file, in the place of one of the same name if there is one. */
  public void write(String name, String text) {
    FileErrors.failing(
        "cannot write",
        file(name),
        () -> {
          PrivateFiles.createFolder(folder, PrivateFiles.OWNER_FOLDER);
          PrivateFiles.replace(file(name), text, PrivateFiles.OWNER_ONLY);
        });
  }

  /** Deletes a file if it is there. */
  public void delete(String name) {
    FileErrors.failing("cannot delete", file(name), () -> Files.deleteIfExists(file(name)));
  }

  /** Does the work while no other command works with this folder; waits for one a minute. */
  public <T> T alone(Supplier<T> work) {
    return FileErrors.reading(
        "cannot work with the folder",
        folder,
        () -> {
          PrivateFiles.createFolder(folder, PrivateFiles.OWNER_FOLDER);
          return DirectoryLock.holding(folder, work::get);
        });
  }
}
