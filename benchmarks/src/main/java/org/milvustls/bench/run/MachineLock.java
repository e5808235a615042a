package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * A lock on the machine during a run. Two runs on one machine would disturb each other, even of
 * different users. The file stays, and every user may lock it. The system frees the lock when the
 * process ends.
 */
final class MachineLock implements AutoCloseable {
  private static final int LONGEST_HOLDER = 256;
  private static final List<OpenOption> OPEN =
      List.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final FileChannel channel;

  private MachineLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or throws with the process that has it. */
  static MachineLock take(Path file) {
    FileChannel channel = null;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel = open(file);
      if (tryLock(channel) == null) {
        throw held(channel);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder().getBytes(StandardCharsets.UTF_8)));
      return new MachineLock(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw notTaken(file, e);
    } catch (MilvusTlsException e) {
      closeQuietly(channel);
      throw e;
    }
  }

  /**
   * Opens an existing file, and creates it only if it is missing. In a folder such as {@code /tmp},
   * Linux refuses to open another user's file with the create flag ({@code fs.protected_regular}).
   */
  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, new HashSet<>(OPEN));
    } catch (NoSuchFileException first) {
      return create(file);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    Set<OpenOption> options = new HashSet<>(OPEN);
    options.add(StandardOpenOption.CREATE_NEW);
    try {
      FileChannel channel = FileChannel.open(file, options);
      PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (posix != null) {
        // Makes the file independent of the umask of its first user.
        posix.setPermissions(PosixFilePermissions.fromString("rw-rw-rw-"));
      }
      return channel;
    } catch (FileAlreadyExistsException anotherWasFirst) {
      return FileChannel.open(file, new HashSet<>(OPEN));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  private static String holder() {
    return "process " + ProcessHandle.current().pid() + " of " + System.getProperty("user.name");
  }

  private static MilvusTlsException held(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_HOLDER);
    channel.read(text, 0);
    return MilvusTlsException.failure("another run measures on this machine")
        .seen(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8))
        .next("wait until it has ended, or stop it")
        .build();
  }

  private static MilvusTlsException notTaken(Path file, IOException e) {
    String next =
        e instanceof AccessDeniedException
            ? "have its owner delete it, when no run measures"
            : "delete it, when no run measures";
    return MilvusTlsException.failure("cannot take the lock " + file)
        .seen(e)
        .next(next)
        .cause(e)
        .build();
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The caller reports the first error, which matters more.
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
