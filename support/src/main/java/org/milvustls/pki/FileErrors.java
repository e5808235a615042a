package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.milvustls.MilvusTlsException;

/** Turns file system errors into errors that a person can act on. */
final class FileErrors {
  private FileErrors() {}

  /** Work on files that may fail. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Work on files that may fail and has a result. */
  @FunctionalInterface
  interface Read<T> {
    T run() throws IOException;
  }

  static void failing(String what, Path path, Work work) {
    FileErrors.<Boolean>reading(
        what,
        path,
        () -> {
          work.run();
          return true;
        });
  }

  static <T> T reading(String what, Path path, Read<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      MilvusTlsException.Builder error =
          MilvusTlsException.failure(what + " (" + reason(e) + ")").seen(path).cause(e);
      if (e instanceof NoSuchFileException) {
        error.next("check the path");
      } else if (e instanceof AccessDeniedException) {
        error.next("check the permissions, of the folders above it too");
      }
      throw error.build();
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    String text = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return text == null || text.isBlank() ? e.getClass().getSimpleName() : text;
  }
}
