package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.milvustls.MilvusTlsException;

/**
 * Makes the first content of a certificate directory appear in one step. Writes all of it into
 * {@code .init}, {@code state.json} last; then renames each entry to its place, {@code state.json}
 * last again. After an interruption, the next command either deletes the incomplete folder or
 * completes the renames.
 */
final class Staging {
  private static final String FOLDER = ".init";
  private static final List<String> FINAL_NAMES =
      List.of("ca", "servers", "clients", CertificateDirectory.TRUST_ANCHORS, DirectoryState.FILE);

  private final Path directory;
  private final Path staged;

  Staging(Path directory) {
    this.directory = directory;
    this.staged = directory.resolve(FOLDER);
  }

  /** Recovers from an interrupted {@code init}: discards or completes it. */
  void recover() throws IOException {
    if (DirectoryState.existsIn(staged)) {
      commit();
    } else {
      PrivateFiles.deleteTree(staged);
    }
  }

  /**
   * An empty folder to write into.
   *
   * @throws MilvusTlsException when a final name belongs to a foreign file
   */
  Path begin() throws IOException {
    for (String name : FINAL_NAMES) {
      Path taken = directory.resolve(name);
      if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
        throw MilvusTlsException.failure("a new certificate directory must be empty; found")
            .seen(taken)
            .next("name another directory with --dir; nothing was changed")
            .build();
      }
    }
    PrivateFiles.createFolder(staged, PrivateFiles.OWNER_FOLDER);
    return staged;
  }

  /** Gives all staged entries their final names. */
  void commit() throws IOException {
    PrivateFiles.syncFolder(staged);
    List<Path> entries;
    try (Stream<Path> list = Files.list(staged)) {
      entries = list.filter(entry -> !entry.endsWith(DirectoryState.FILE)).sorted().toList();
    }
    for (Path entry : entries) {
      move(entry);
    }
    move(staged.resolve(DirectoryState.FILE));
    PrivateFiles.syncFolder(directory);
    PrivateFiles.deleteTree(staged);
  }

  private void move(Path entry) throws IOException {
    Files.move(entry, directory.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }
}
