package org.milvustls.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.milvustls.MilvusTlsException;

/**
 * A block of twenty consecutive ports, reserved until close. A lock file for each block separates
 * two starts of this user, also in two processes. A trial bind detects ports of other programs. The
 * blocks end below 32768, where Linux begins to use ports for outgoing connections.
 */
final class PortBlock implements AutoCloseable {
  private static final int SIZE = 20;
  private static final int FIRST = 20_000;
  private static final int BLOCKS = 600;

  private final int first;
  private final FolderLock lock;

  private PortBlock(int first, FolderLock lock) {
    this.first = first;
    this.lock = lock;
  }

  /** Takes a free block, searching from a random place. */
  static PortBlock take(Path cache) {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    try {
      for (int i = 0; i < BLOCKS; i++) {
        int first = FIRST + (start + i) % BLOCKS * SIZE;
        Optional<FolderLock> lock =
            FolderLock.tryTake(cache.resolve("ports").resolve(first + ".lock"));
        if (lock.isPresent()) {
          if (isFree(first, SIZE)) {
            return new PortBlock(first, lock.get());
          }
          lock.get().close();
        }
      }
    } catch (IOException e) {
      throw MilvusTlsException.failure("ports for a Milvus server could not be reserved")
          .seen(cache)
          .next("make the folder writable, or name another with " + CacheFolder.OVERRIDE)
          .cause(e)
          .build();
    }
    throw MilvusTlsException.failure("no " + SIZE + " free ports in a row were found")
        .allowed(FIRST + " to " + (FIRST + BLOCKS * SIZE - 1))
        .next("stop servers that are not needed")
        .build();
  }

  /** The port at this place of the block, from 0. */
  int port(int index) {
    if (index < 0 || index >= SIZE) {
      throw new IndexOutOfBoundsException(index);
    }
    return first + index;
  }

  /** Whether these ports are free on every interface. */
  static boolean isFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (ServerSocket socket = new ServerSocket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(port));
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a port that is in use. */
  static void requireFree(OptionalInt asked) {
    if (asked.isPresent() && !isFree(asked.getAsInt(), 1)) {
      throw MilvusTlsException.failure("the port is taken by another program")
          .seen(asked.getAsInt())
          .next("name another port, or stop what listens there")
          .build();
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
