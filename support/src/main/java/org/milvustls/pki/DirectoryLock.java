package org.milvustls.pki;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * Prevents two commands from changing a certificate directory at once. The operating system
 * releases the lock when its process ends, even after a crash.
 */
final class DirectoryLock {
  private static final String FILE = ".lock";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Pause between tries, because a system call that waits for a file lock has no time limit. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  private DirectoryLock() {}

  /** Does the work under the lock; waits up to a minute for another command. */
  static <T> T holding(Path directory, FileErrors.Read<T> work) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PrivateFiles.OWNER_ONLY))) {
      // Closing the channel releases the lock.
      await(channel, directory);
      return work.run();
    }
  }

  private static void await(FileChannel channel, Path directory) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (tryLock(channel) == null) {
      if (System.nanoTime() > deadline) {
        throw MilvusTlsException.failure(
                "another command has been at work in the certificate directory for "
                    + LIMIT.toSeconds()
                    + " s")
            .seen(directory)
            .next("wait until it ends, or end it, then try again")
            .build();
      }
      pause(directory);
    }
  }

  private static void pause(Path directory) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MilvusTlsException.failure("interrupted while waiting for the certificate directory")
          .seen(directory)
          .cause(e)
          .build();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this JVM: the same as held by another process.
      return null;
    }
  }
}
