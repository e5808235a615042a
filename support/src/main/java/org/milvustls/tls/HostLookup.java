package org.milvustls.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a host within a time limit. The JDK's own lookup has no limit: without an
 * answer of the name servers it takes as long as the system's resolver, usually half a minute.
 * Abandoned lookups end on threads of their own, of which there are few.
 */
public final class HostLookup {
  /** More than the lookups that a monitor can abandon at a time, so that none blocks the next. */
  private static final int THREADS = 64;

  private static final long IDLE_SECONDS = 10;
  private static final Executor LOOKUPS = lookups();

  /** As {@link InetAddress#getAllByName}. */
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private HostLookup() {}

  /**
   * All addresses of a host; at least one.
   *
   * @throws UnknownHostException when the host has none
   * @throws IOException when the answer does not come in time
   */
  public static List<InetAddress> all(String host, Duration limit) throws IOException {
    return all(host, limit, InetAddress::getAllByName);
  }

  /** The first address of a host. */
  public static InetAddress first(String host, Duration limit) throws IOException {
    return all(host, limit).get(0);
  }

  /** As {@link #all(String, Duration)}, with this resolver. */
  public static List<InetAddress> all(String host, Duration limit, Resolver resolver)
      throws IOException {
    CompletableFuture<List<InetAddress>> answer =
        CompletableFuture.supplyAsync(() -> resolve(host, resolver), LOOKUPS);
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "no answer to the lookup of its name within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown ? unknown : new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while its name was looked up", e);
    }
  }

  private static List<InetAddress> resolve(String host, Resolver resolver) {
    try {
      return List.of(resolver.resolve(host));
    } catch (UnknownHostException e) {
      throw new CompletionException(e);
    }
  }

  private static Executor lookups() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "host-lookup");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
