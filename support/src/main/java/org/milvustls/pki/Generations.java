package org.milvustls.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A folder whose files change together, laid out as the kubelet lays out secrets (AtomicWriter in
 * Kubernetes): each file is a symlink to {@code ..data/FILE}, {@code ..data} is a relative symlink
 * to a complete generation folder, and one rename of that symlink switches all files. The folder
 * can be mounted, because no link leaves it. The former generation stays on disk.
 */
final class Generations {
  private static final String CURRENT = "..data";
  private static final String NEXT_LINK = "..data_new";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("'..'yyyy_MM_dd_HH_mm_ss").withZone(ZoneOffset.UTC);

  private final Path folder;

  Generations(Path folder) {
    this.folder = folder;
  }

  /** One file of a generation; it may contain a key, so it is never printed. */
  static final class Content {
    private final byte[] bytes;
    private final Set<PosixFilePermission> permissions;

    Content(byte[] bytes, Set<PosixFilePermission> permissions) {
      this.bytes = bytes.clone();
      this.permissions = permissions;
    }

    private void writeTo(Path file) throws IOException {
      PrivateFiles.create(file, bytes, permissions);
    }

    @Override
    public String toString() {
      return "Content[" + bytes.length + " bytes, hidden]";
    }
  }

  /** Writes a complete generation, then switches to it in one step. */
  void publish(Map<String, Content> files, Instant now) throws IOException {
    Path former = currentFolder().orElse(null);
    Path next =
        folder.resolve(
            STAMP.format(now)
                + "."
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
    PrivateFiles.createFolder(next, PrivateFiles.OPEN_FOLDER);
    for (Map.Entry<String, Content> file : files.entrySet()) {
      file.getValue().writeTo(next.resolve(file.getKey()));
    }
    PrivateFiles.syncFolder(next);
    switchTo(next);
    for (String name : files.keySet()) {
      linkFile(name);
    }
    unlinkAllBut(files.keySet());
    PrivateFiles.syncFolder(folder);
    prune(next, Optional.ofNullable(former));
  }

  /** The folder with the current files; empty before the first {@link #publish}. */
  Optional<Path> currentFolder() throws IOException {
    Path link = folder.resolve(CURRENT);
    return Files.isSymbolicLink(link)
        ? Optional.of(folder.resolve(Files.readSymbolicLink(link)))
        : Optional.empty();
  }

  private void switchTo(Path next) throws IOException {
    Path link = folder.resolve(NEXT_LINK);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, next.getFileName());
    Files.move(
        link,
        folder.resolve(CURRENT),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Creates the link; replaces a plain file in its place, which would split the pair. */
  private void linkFile(String name) throws IOException {
    Path link = folder.resolve(name);
    if (!Files.isSymbolicLink(link)) {
      Path next = folder.resolve(NEXT_LINK);
      Files.deleteIfExists(next);
      Files.createSymbolicLink(next, Path.of(CURRENT, name));
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes links to files that the new generation does not have. */
  private void unlinkAllBut(Set<String> names) throws IOException {
    List<Path> links;
    try (Stream<Path> entries = Files.list(folder)) {
      links =
          entries
              .filter(Files::isSymbolicLink)
              .filter(link -> !link.endsWith(CURRENT))
              .filter(link -> !names.contains(String.valueOf(link.getFileName())))
              .toList();
    }
    for (Path link : links) {
      Files.delete(link);
    }
  }

  /** Keeps the current generation and the one before it; deletes the rest, incomplete ones too. */
  private void prune(Path current, Optional<Path> former) throws IOException {
    List<Path> others;
    try (Stream<Path> entries = Files.list(folder)) {
      others =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith("..2"))
              .filter(entry -> !entry.equals(current) && !former.equals(Optional.of(entry)))
              .toList();
    }
    for (Path other : others) {
      PrivateFiles.deleteTree(other);
    }
  }
}
