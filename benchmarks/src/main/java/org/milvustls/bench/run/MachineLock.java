package org.milvustls.bench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.milvustls.MilvusTlsException;

/**
 * Held while a run measures: two runs on one machine would measure each other. The system frees it
 * when the process ends.
 */
final class MachineLock implements AutoCloseable {
  private final FileChannel channel;

  private MachineLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock or says who holds it. */
  static MachineLock take(Path file) {
    FileChannel channel = null;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = read(channel);
        channel.close();
        throw MilvusTlsException.failure("another run measures on this machine: process")
            .seen(holder)
            .next("wait until it has ended, or stop it")
            .build();
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new MachineLock(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw MilvusTlsException.failure("cannot take the lock " + file).seen(e).cause(e).build();
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The error that led here is the one worth telling.
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
