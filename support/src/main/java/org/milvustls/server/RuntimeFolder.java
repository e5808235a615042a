package org.milvustls.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.milvustls.MilvusTlsException;

/**
 * The folder {@code /tmp/milvus}, in which every Milvus 2.3 of the machine has one file. No setting
 * changes it. A Milvus creates it for its own user only, and then those of other users cannot
 * start.
 */
final class RuntimeFolder {
  static final RuntimeFolder OF_THIS_MACHINE = new RuntimeFolder(Path.of("/tmp/milvus"));

  /** As for {@code /tmp} itself: every user may add files, but not remove those of others. */
  private static final int SHARED = 01777;

  private final Path path;

  RuntimeFolder(Path path) {
    this.path = path;
  }

  /** Creates it for all users, if it is missing. */
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

  /** Deletes the file of an ended server. */
  void forget(long pid) {
    try {
      Files.deleteIfExists(path.resolve("server_id_" + pid));
    } catch (IOException e) {
      // A small leftover file is no reason to fail at the end of a server.
    }
  }
}
