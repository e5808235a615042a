package org.milvustls.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.milvustls.MilvusTlsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder of one embedded server at a time, kept or temporary. */
final class DataFolder implements AutoCloseable {
  private static final String THROW_AWAY = "milvus-tls-data-";
  private static final Duration LEFTOVER_AGE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

  private final Path path;
  private final boolean throwAway;
  private final FolderLock lock;

  private DataFolder(Path path, boolean throwAway, FolderLock lock) {
    this.path = path;
    this.throwAway = throwAway;
    this.lock = lock;
  }

  /**
   * Takes the named folder, or creates one that is deleted at the end.
   *
   * @throws MilvusTlsException when a server already uses it, with its pid
   */
  static DataFolder take(Optional<Path> asked) {
    Path path = asked.orElse(Path.of("temporary")).toAbsolutePath().normalize();
    try {
      path = asked.isPresent() ? Files.createDirectories(path) : newFolder();
      FolderLock lock = FolderLock.tryTake(lockFile(path)).orElseThrow(inUse(path));
      Optional<ProcessHandle> survivor = serverOn(path);
      if (survivor.isPresent()) {
        lock.close();
        throw inUse(path).get();
      }
      return new DataFolder(path, asked.isEmpty(), lock);
    } catch (IOException e) {
      throw MilvusTlsException.failure("the data folder of Milvus cannot be used")
          .seen(path)
          .next("name a folder that can be written")
          .cause(e)
          .build();
    }
  }

  private static Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory(THROW_AWAY).toRealPath();
    try {
      deleteLeftovers(Objects.requireNonNull(folder.getParent()));
    } catch (IOException e) {
      LOG.debug("a folder of a killed process could not be deleted", e);
    }
    return folder;
  }

  /** Deletes temporary folders of killed processes. */
  static void deleteLeftovers(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, THROW_AWAY + "*")) {
      for (Path folder : folders) {
        if (isLeftover(folder)) {
          Optional<FolderLock> lock = FolderLock.tryTake(lockFile(folder));
          if (lock.isPresent()) {
            Folders.delete(folder);
            lock.get().close();
          }
        }
      }
    }
  }

  /**
   * Whether it is a folder of this program whose owner is gone. It must be old enough that a live
   * owner has locked it.
   */
  private static boolean isLeftover(Path folder) throws IOException {
    return Files.isWritable(lockFile(folder))
        && serverOn(folder).isEmpty()
        && Files.getLastModifiedTime(lockFile(folder))
            .toInstant()
            .isBefore(Instant.now().minus(LEFTOVER_AGE));
  }

  private static Path lockFile(Path folder) {
    return folder.resolve("in-use.lock");
  }

  private static java.util.function.Supplier<MilvusTlsException> inUse(Path path) {
    return () -> {
      String pid = readPid(path).map(value -> "; its pid is " + value).orElse("");
      return MilvusTlsException.failure("a Milvus server runs on this data folder already" + pid)
          .seen(path)
          .next("stop that server, or name another data folder")
          .build();
    };
  }

  /** A server that outlived its parent process. A pid of another program does not count. */
  private static Optional<ProcessHandle> serverOn(Path path) {
    return readPid(path)
        .flatMap(ProcessHandle::of)
        .filter(process -> process.info().command().orElse("").endsWith("/milvus"));
  }

  private static Optional<Long> readPid(Path path) {
    try {
      return Optional.of(Long.valueOf(Files.readString(pidFile(path)).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Path pidFile(Path path) {
    return path.resolve("server.pid");
  }

  Path path() {
    return path;
  }

  /** Whether the folder stays for a later server. */
  boolean isKept() {
    return !throwAway;
  }

  /** Records the process that uses the folder. */
  void writePid(long pid) throws IOException {
    Path whole = Files.writeString(path.resolve("server.pid.part"), pid + "\n");
    Files.move(whole, pidFile(path), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      if (throwAway) {
        Folders.delete(path);
      } else {
        Files.deleteIfExists(pidFile(path));
      }
    } catch (IOException e) {
      LOG.warn("the folder {} of a stopped Milvus could not be cleaned up: {}", path, e.toString());
    } finally {
      lock.close();
    }
  }
}
