package org.milvustls.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * The identity, time and size of files, which change when files are replaced. Follows symbolic
 * links, so it also detects a pair that is switched by one symbolic link of its folder.
 */
record FileStamps(List<Optional<Stamp>> stamps) {
  /** One file. */
  record Stamp(String identity, FileTime modified, long size) {}

  static FileStamps of(List<Path> files) {
    return new FileStamps(files.stream().map(FileStamps::stamp).toList());
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(
          new Stamp(String.valueOf(facts.fileKey()), facts.lastModifiedTime(), facts.size()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
