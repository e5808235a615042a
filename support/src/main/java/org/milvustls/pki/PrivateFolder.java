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

  /** The path of a file of this name, which may be missing. */
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

  /** Writes a file; replaces one of the same name. */
  public void write(String name, String text) {
    FileErrors.failing(
        "cannot write",
        file(name),
        () -> {
          PrivateFiles.createFolder(folder, PrivateFiles.OWNER_FOLDER);
          PrivateFiles.replace(file(name), text, PrivateFiles.OWNER_ONLY);
        });
  }

  /** Deletes a file, if it exists. */
  public void delete(String name) {
    FileErrors.failing("cannot delete", file(name), () -> Files.deleteIfExists(file(name)));
  }

  /** Does the work under the lock of this folder; waits up to a minute for another command. */
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
