package org.milvustls.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.milvustls.MilvusTlsException;

/**
 * The folder {@code /tmp/milvus}, in which every Milvus 2.3 of the machine keeps one file. No
 * setting names another. A Milvus makes it for its own user alone, and then those of other users
 * cannot start.
 */
final class RuntimeFolder {
  static final RuntimeFolder OF_THIS_MACHINE = new RuntimeFolder(Path.of("/tmp/milvus"));

  /** As {@code /tmp} itself: everybody may add, nobody may remove what belongs to another. */
  private static final int SHARED = 01777;

  private final Path path;

  RuntimeFolder(Path path) {
    this.path = path;
  }

  /** Makes it for all users, unless it is there. */
  void prepare() throws IOException {
    try {
      Files.createDirectory(path);
      Files.setAttribute(path, "unix:mode", SHARED);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path) || !Files.isWritable(path)) {
        throw MilvusTlsException.failure(
                "Milvus writes into a folder that belongs to another user of this machine")
            .seen(path)
            .next("let that user remove it, or share it: chmod 1777 " + path)
            .cause(e)
            .build();
      }
    }
  }

  /** Deletes what a server left that has ended. */
  void forget(long pid) {
    try {
      Files.deleteIfExists(path.resolve("server_id_" + pid));
    } catch (IOException e) {
      // A small file more: no reason to fail at the end of a server.
    }
  }
}
