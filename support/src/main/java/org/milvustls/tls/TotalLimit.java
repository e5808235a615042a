package org.milvustls.tls;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a socket when a whole conversation takes too long. The socket's own limit applies to each
 * read; a peer that sends one byte at a time would never reach it.
 */
public final class TotalLimit implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();
  private final AtomicBoolean passed = new AtomicBoolean();
  private final ScheduledFuture<?> end;

  private TotalLimit(Socket socket, Duration limit) {
    this.end = CLOCK.schedule(() -> expire(socket), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Starts the time limit. */
  public static TotalLimit of(Socket socket, Duration limit) {
    return new TotalLimit(socket, limit);
  }

  /** Whether the limit has closed the socket. */
  public boolean hasPassed() {
    return passed.get();
  }

  private void expire(Socket socket) {
    passed.set(true);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "tls-total-limit");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  @Override
  public void close() {
    end.cancel(false);
  }
}
